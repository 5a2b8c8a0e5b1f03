package io.github.spirabr.core.preprocessing;

import io.github.spirabr.core.component.Component;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Port: cuts recordings into windows, of one length unless {@link #lengthsVary}. Implementations are immutable and safe for any
 * number of threads. Evaluation and prediction draw nothing; training may.
 */
public interface Windowing extends Component {

    /**
     * Returns the length of every window, or of the shortest where {@link #lengthsVary}, in samples, at this rate in
     * hertz.
     */
    int windowLength(int sampleRate);

    /**
     * Returns the windows of a recording in evaluation and prediction, in time order, at least one, each of {@link
     * #windowLength}, or longer where {@link #lengthsVary}.
     *
     * @param length length of the recording, in samples
     * @param sampleRate sample rate, in hertz
     * @throws ShortRecordingException if recordings of this length are to be left out or refused
     */
    List<WindowSpan> windows(int length, int sampleRate);

    /**
     * Returns the windows of a recording in one epoch of training; those of {@link #windows} unless an implementation
     * {@link #draws}.
     *
     * @param length length of the recording, in samples
     * @param sampleRate sample rate, in hertz
     * @param random the stream of this epoch and recording
     * @throws ShortRecordingException if recordings of this length are to be left out or refused
     */
    default List<WindowSpan> trainingWindows(int length, int sampleRate, RandomGenerator random) {
        return windows(length, sampleRate);
    }

    /** Returns whether windows have several lengths, which only some networks accept. */
    default boolean lengthsVary() {
        return false;
    }

    /** Returns whether training uses other windows in every epoch, so that they cannot be cached. */
    default boolean draws() {
        return false;
    }

    /**
     * Returns whether recordings are padded with frames of zeros after feature extraction, in place of silence before
     * it.
     */
    default boolean padsFrames() {
        return false;
    }
}
