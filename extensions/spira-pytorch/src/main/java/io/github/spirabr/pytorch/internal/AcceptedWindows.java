package io.github.spirabr.pytorch.internal;

import io.github.spirabr.core.preprocessing.InputShape;
import java.util.function.Consumer;

/**
 * The windows that a network takes.
 *
 * @param input shape that it is built for
 * @param longer true if it also takes windows of more frames
 * @param check throws an IllegalArgumentException for a window that it does not take
 */
record AcceptedWindows(InputShape input, boolean longer, Consumer<InputShape> check) {

    /** Accepts windows of one shape. */
    static AcceptedWindows of(InputShape input) {
        return new AcceptedWindows(input, false, window -> {
            if (!window.equals(input)) {
                throw new IllegalArgumentException("a window must have " + input + ", as in training, but had " + window
                        + "; prepare recordings as for the training of this network");
            }
        });
    }
}
