/** The port of engines: networks as the trainer uses them, by flat weights, gradients of batches and probabilities. */
@NullMarked
package io.github.spirabr.training.engine;

import org.jspecify.annotations.NullMarked;
