package io.github.spirabr.core.preprocessing;

import io.github.spirabr.core.component.Component;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Port: cuts recordings into windows, of one length unless {@link #lengthsVary}. Implementations are immutable and safe for any
 * number of threads. Evaluation and prediction draw nothing; training may.
 */
public interface Windowing extends Component {

    /** The length of every window, or where {@link #lengthsVary} of the shortest, in samples, at this rate in hertz. */
    int windowLength(int sampleRate);

    /**
     * The windows of a recording as evaluation and prediction see it, in time order, at least one, each of
     * {@link #windowLength}, or longer where {@link #lengthsVary}.
     *
     * @param length of the recording, in samples
     * @param sampleRate in hertz
     * @throws ShortRecordingException if recordings of this length are to be left out or refused
     */
    List<WindowSpan> windows(int length, int sampleRate);

    /**
     * The windows of a recording as training sees it in one epoch; those of {@link #windows} unless an implementation
     * {@link #draws}.
     *
     * @param length of the recording, in samples
     * @param sampleRate in hertz
     * @param random the stream of this epoch and recording
     * @throws ShortRecordingException if recordings of this length are to be left out or refused
     */
    default List<WindowSpan> trainingWindows(int length, int sampleRate, RandomGenerator random) {
        return windows(length, sampleRate);
    }

    /** Whether windows are of several lengths, which only some networks take. */
    default boolean lengthsVary() {
        return false;
    }

    /** Whether training sees other windows in every epoch, so that they cannot be kept. */
    default boolean draws() {
        return false;
    }

    /**
     * Whether what lies past a recording's end is filled up with frames of zeros after features are extracted, in place
     * of silence before.
     */
    default boolean padsFrames() {
        return false;
    }
}
