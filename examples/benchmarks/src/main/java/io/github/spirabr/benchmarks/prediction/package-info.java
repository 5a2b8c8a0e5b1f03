/** How fast recordings are answered, and in how much memory. */
@NullMarked
package io.github.spirabr.benchmarks.prediction;

import org.jspecify.annotations.NullMarked;
