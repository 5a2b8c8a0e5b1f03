package io.github.spirabr.core.preprocessing;

import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.component.Component;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Port: turns windows of a waveform into feature matrices. Implementations are immutable, draw
 * nothing, give the same bits for the same samples and are safe for any number of threads.
 */
public interface FeatureExtractor extends Component {

    /** Returns the number of features in each frame. */
    int features();

    /**
     * Returns the name of each feature, with its unit in parentheses, such as {@code "mean pause (s)"}; empty, the default, if
     * the features have no names of their own, as the bands of a spectrogram.
     */
    default List<String> featureNames() {
        return List.of();
    }

    /** Returns the only sample rate that the features are for, in hertz; empty, the default, if they are for every rate. */
    default OptionalInt sampleRate() {
        return OptionalInt.empty();
    }

    /** Returns the number of frames computed from {@code samples} samples. */
    int frames(int samples);

    /** Computes the features of a whole waveform, as one window. */
    FeatureMatrix extract(Waveform waveform);

    /**
     * Computes the features of each window, in order: the same values as extracting each window on its own. The default
     * implementation does exactly that; others may share work between windows.
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
