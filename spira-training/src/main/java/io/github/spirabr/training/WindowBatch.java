package io.github.spirabr.training;

import io.github.spirabr.core.model.RecordingFeatures;
import io.github.spirabr.core.model.TrainingException;
import io.github.spirabr.core.preprocessing.BatchAugmentation;
import io.github.spirabr.core.preprocessing.BatchAugmentation.LabelledWindow;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import io.github.spirabr.core.preprocessing.InputShape;
import io.github.spirabr.training.engine.Network;
import io.github.spirabr.training.engine.TrainingWindows;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * All windows of the recordings of a step.
 *
 * @param windows windows with their targets
 * @param keys name of each window's random streams: the recording's id and the window's number
 * @param recordings ids of the recordings
 */
record WindowBatch(List<LabelledWindow> windows, List<String> keys, List<String> recordings) {

    /**
     * Returns the windows of some recordings.
     *
     * @param suffix suffix of the keys of each recording, which differs for a recording that is drawn again; in general empty
     */
    static WindowBatch of(List<RecordingFeatures> recordings, List<String> suffix) {
        List<LabelledWindow> windows = new ArrayList<>();
        List<String> keys = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        for (int r = 0; r < recordings.size(); r++) {
            RecordingFeatures recording = recordings.get(r);
            String id = recording.recording().id();
            ids.add(id);
            for (int w = 0; w < recording.windows().size(); w++) {
                keys.add(id + " window " + w + suffix.get(r));
                windows.add(new LabelledWindow(recording.windows().get(w), recording.recording().label().code()));
            }
        }
        return new WindowBatch(windows, keys, ids);
    }

    /** Returns the augmented windows; they mix recordings, so their keys name the batch. */
    WindowBatch augmented(BatchAugmentation augmentation, RandomGenerator random, String batch) {
        List<LabelledWindow> changed = augmentation.augment(windows, random);
        if (changed.isEmpty()) {
            throw new TrainingException("the batch augmentation '" + augmentation.description().type()
                    + "' left no windows of a batch of " + windows.size() + "; it must give at least one");
        }
        List<String> names = new ArrayList<>();
        for (int w = 0; w < changed.size(); w++) {
            names.add(batch + " window " + w);
        }
        return new WindowBatch(changed, names, recordings);
    }

    TrainingWindows forStep(Network network, Loss loss) {
        float[] targets = new float[windows.size()];
        for (int w = 0; w < targets.length; w++) {
            targets[w] = (float) windows.get(w).target();
        }
        float[][] rows = rows(windows.stream().map(LabelledWindow::features).toList(), network);
        return new TrainingWindows(rows, targets, loss.shares(targets), loss.ofOutput());
    }

    /** Returns the windows in the network's form, after a check of their shapes. */
    static float[][] rows(List<FeatureMatrix> windows, Network network) {
        float[][] rows = new float[windows.size()][];
        for (int w = 0; w < rows.length; w++) {
            FeatureMatrix window = windows.get(w);
            network.require(new InputShape(window.frames(), window.features()));
            rows[w] = window.toArray();
        }
        return rows;
    }
}
