/** Benchmarks of prediction: time, throughput and memory. */
@NullMarked
package io.github.spirabr.benchmarks.prediction;

import org.jspecify.annotations.NullMarked;
