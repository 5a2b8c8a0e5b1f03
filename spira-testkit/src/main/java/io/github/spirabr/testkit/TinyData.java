package io.github.spirabr.testkit;

import io.github.spirabr.core.model.EvaluationData;
import io.github.spirabr.core.model.FeatureStream;
import io.github.spirabr.core.model.RecordingFeatures;
import io.github.spirabr.core.model.TrainingData;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import io.github.spirabr.core.preprocessing.InputShape;
import io.github.spirabr.core.recording.AudioSource;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Made-up recordings of one or two windows; the features of patients are larger. Immutable. */
final class TinyData implements TrainingData, EvaluationData {

    private final List<RecordingFeatures> recordings = new ArrayList<>();

    TinyData(InputShape shape, int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int r = 0; r < count; r++) {
            Label label = Label.values()[r % 2];
            List<FeatureMatrix> windows = new ArrayList<>();
            for (int w = 0; w < 1 + r % 2; w++) {
                windows.add(window(shape, label.code(), random));
            }
            String id = "recording " + r + " of " + seed;
            AudioSource none = AudioSource.ofBytes(id, new byte[0]);
            recordings.add(new RecordingFeatures(
                    new Recording(id, "subject of " + id, label, Map.of(), none), windows));
        }
    }

    private static FeatureMatrix window(InputShape shape, double level, SplittableRandom random) {
        float[] values = new float[shape.frames() * shape.features()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (level + random.nextDouble(-1, 1));
        }
        return FeatureMatrix.of(shape.frames(), shape.features(), values);
    }

    /** All windows, recording after recording. */
    List<FeatureMatrix> windows() {
        return recordings.stream().flatMap(recording -> recording.windows().stream()).toList();
    }

    @Override
    public int recordings() {
        return recordings.size();
    }

    @Override
    public FeatureStream epoch(int epoch, int skip) {
        List<RecordingFeatures> order = new ArrayList<>(recordings);
        Collections.rotate(order, epoch);
        return FeatureStream.of(order.subList(skip, order.size()));
    }

    @Override
    public FeatureStream open() {
        return FeatureStream.of(recordings);
    }
}
