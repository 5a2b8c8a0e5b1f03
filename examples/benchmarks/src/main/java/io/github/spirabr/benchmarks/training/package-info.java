/** Benchmarks of a training step and a prediction of SpiraConv, and of waiting and memory in a whole training. */
@NullMarked
package io.github.spirabr.benchmarks.training;

import org.jspecify.annotations.NullMarked;
