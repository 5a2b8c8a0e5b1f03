/** One training step and one answer of SpiraConv, and a whole training's waiting and memory. */
@NullMarked
package io.github.spirabr.benchmarks.training;

import org.jspecify.annotations.NullMarked;
