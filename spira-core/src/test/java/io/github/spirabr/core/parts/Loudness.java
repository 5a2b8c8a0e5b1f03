package io.github.spirabr.core.parts;

import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.preprocessing.FeatureExtractor;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import java.util.Map;

/** One frame, one feature: the mean magnitude. */
public final class Loudness implements FeatureExtractor {

    @Override
    public int features() {
        return 1;
    }

    @Override
    public int frames(int samples) {
        return 1;
    }

    @Override
    public FeatureMatrix extract(Waveform waveform) {
        float sum = 0;
        for (float sample : waveform.toArray()) {
            sum += Math.abs(sample);
        }
        return FeatureMatrix.of(1, 1, new float[] {sum / waveform.length()});
    }

    @Override
    public ComponentDescription description() {
        return new ComponentDescription("loudness", Map.of());
    }
}
