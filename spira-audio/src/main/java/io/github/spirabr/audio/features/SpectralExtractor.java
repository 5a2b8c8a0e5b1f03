package io.github.spirabr.audio.features;

import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.preprocessing.FeatureExtractor;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import io.github.spirabr.core.preprocessing.WindowSpan;
import java.util.List;

/** An extractor of features from the power spectra of overlapping frames. Two are equal if their descriptions are. */
abstract class SpectralExtractor implements FeatureExtractor {

    final Framing framing;
    private final FrameEngine engine;

    SpectralExtractor(Framing framing) {
        this.framing = framing;
        this.engine = new FrameEngine(framing);
    }

    /**
     * Returns a new one for each call, as it holds the rows that it works in.
     *
     * @throws IllegalArgumentException if there are no such features at this sample rate
     */
    abstract FrameEngine.Reduction reduction(int sampleRate);

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if so few samples, at most fftSize / 2, cannot be reflected at their ends
     */
    @Override
    public int frames(int samples) {
        return framing.frames(samples);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if the waveform has at most fftSize / 2 samples or, where there are mel filters, a
     *     sample rate below 2 fMax
     */
    @Override
    public FeatureMatrix extract(Waveform waveform) {
        return engine.extract(waveform, reduction(waveform.sampleRate()));
    }

    @Override
    public List<FeatureMatrix> extract(Waveform waveform, List<WindowSpan> windows) {
        return engine.extract(waveform, windows, reduction(waveform.sampleRate()));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SpectralExtractor that && description().equals(that.description());
    }

    @Override
    public int hashCode() {
        return description().hashCode();
    }

    @Override
    public String toString() {
        return getClass().getSimpleName() + description().settings();
    }
}
