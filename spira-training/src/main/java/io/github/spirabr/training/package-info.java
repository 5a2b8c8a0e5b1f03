/** SpiraConv, and the trainer of all networks: losses, optimizers, schedules, checkpoints; in plain Java. */
@NullMarked
package io.github.spirabr.training;

import org.jspecify.annotations.NullMarked;
