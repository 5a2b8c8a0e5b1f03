package io.github.spirabr.core.preprocessing;

import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.component.Component;
import java.util.ArrayList;
import java.util.List;

/**
 * Port: turns windows of a waveform into feature matrices. Implementations are immutable, draw
 * nothing, give the same bits for the same samples and are safe for any number of threads.
 */
public interface FeatureExtractor extends Component {

    /** The number of features in each frame. */
    int features();

    /** The number of frames that {@code samples} samples give. */
    int frames(int samples);

    /** The features of a whole waveform, as one window. */
    FeatureMatrix extract(Waveform waveform);

    /**
     * The features of each window, in order: the same numbers as extracting each window on its own,
     * which is what this does unless an implementation knows to share work between windows.
     */
    default List<FeatureMatrix> extract(Waveform waveform, List<WindowSpan> windows) {
        List<FeatureMatrix> matrices = new ArrayList<>(windows.size());
        for (WindowSpan window : windows) {
            float[] samples = new float[window.length()];
            waveform.copyTo(window.start(), samples, 0, samples.length);
            matrices.add(extract(Waveform.of(samples, waveform.sampleRate())));
        }
        return List.copyOf(matrices);
    }
}
