/** Sweeps: an experiment with many settings, chosen on the validation set; the test set answers once, for the winner. */
@NullMarked
package io.github.spirabr.core.sweep;

import org.jspecify.annotations.NullMarked;
