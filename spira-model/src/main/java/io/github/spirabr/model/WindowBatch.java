package io.github.spirabr.model;

import io.github.spirabr.core.preprocessing.FeatureMatrix;
import io.github.spirabr.core.preprocessing.InputShape;
import io.github.spirabr.core.training.RecordingFeatures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * All windows of a step's recordings.
 *
 * @param inputs [windows × (frames * features)], row after row
 * @param labels 0 or 1 for each window
 * @param keys names each window's random streams: the recording's id and the window's number
 * @param recordings their ids
 */
record WindowBatch(float[] inputs, float[] labels, List<String> keys, List<String> recordings) {

    static WindowBatch of(List<RecordingFeatures> recordings, InputShape shape) {
        List<FeatureMatrix> windows = new ArrayList<>();
        List<String> keys = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        for (RecordingFeatures recording : recordings) {
            String id = recording.recording().id();
            ids.add(id);
            for (int w = 0; w < recording.windows().size(); w++) {
                keys.add(id + " window " + w);
            }
            windows.addAll(recording.windows());
        }
        float[] labels = new float[windows.size()];
        int at = 0;
        for (RecordingFeatures recording : recordings) {
            int end = at + recording.windows().size();
            Arrays.fill(labels, at, end, recording.recording().label().code());
            at = end;
        }
        return new WindowBatch(pack(windows, shape), labels, keys, ids);
    }

    static float[] pack(List<FeatureMatrix> windows, InputShape shape) {
        int width = shape.frames() * shape.features();
        float[] packed = new float[Math.multiplyExact(windows.size(), width)];
        for (int w = 0; w < windows.size(); w++) {
            FeatureMatrix window = windows.get(w);
            if (window.frames() != shape.frames() || window.features() != shape.features()) {
                throw new IllegalArgumentException("window " + w + " has " + window.frames() + " frames x "
                        + window.features() + " features, but the network takes " + shape);
            }
            window.copyTo(packed, w * width);
        }
        return packed;
    }
}
