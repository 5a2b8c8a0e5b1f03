/** Benchmarks of features; {@code compare.sh features} compares them with torchaudio. */
@NullMarked
package io.github.spirabr.benchmarks.features;

import org.jspecify.annotations.NullMarked;
