package io.github.spirabr.core.preprocessing;

import io.github.spirabr.core.component.Component;
import java.util.List;

/**
 * Port: cuts recordings into windows of one length. Implementations are immutable, draw nothing and
 * are safe for any number of threads.
 */
public interface Windowing extends Component {

    /** The length of every window, in samples, at this sample rate in hertz. */
    int windowLength(int sampleRate);

    /**
     * The windows of a recording, in time order, at least one, each of {@link #windowLength}.
     *
     * @param length of the recording, in samples
     * @param sampleRate in hertz
     */
    List<WindowSpan> windows(int length, int sampleRate);
}
