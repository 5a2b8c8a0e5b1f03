/** How long features take; {@code compare.sh features} holds them against torchaudio. */
@NullMarked
package io.github.spirabr.benchmarks.features;

import org.jspecify.annotations.NullMarked;
