package io.github.spirabr.core.pipeline;

import io.github.spirabr.core.audio.AudioException;
import io.github.spirabr.core.internal.Document;
import io.github.spirabr.core.internal.Table;
import io.github.spirabr.core.preprocessing.Preprocessing;
import io.github.spirabr.core.preprocessing.PreprocessingPlan;
import io.github.spirabr.core.preprocessing.TrainingFrames;
import io.github.spirabr.core.preprocessing.TrainingLengths;
import io.github.spirabr.core.quality.InputStatistics;
import io.github.spirabr.core.recording.Recording;
import io.github.spirabr.core.registry.ModelArtifact;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The outcome of the visit of all recordings.
 *
 * @param lengths lengths of the training recordings, in samples, if windows were fitted on them; else empty
 * @param frames statistics of the training frames, for each transform of features that was fitted on them, in their order
 * @param rejected recordings that cannot be used
 * @param inputs statistics of the input over the training set
 */
record FeatureOutcome(
        List<Integer> lengths, List<TrainingFrames> frames, List<RejectedRecording> rejected, InputStatistics inputs) {

    private static final String LENGTHS = "lengths.tsv";
    private static final String FRAMES = "frames.tsv";
    private static final String REJECTED = "rejected.tsv";
    private static final String INPUTS = "inputs.properties";

    /** Copies the lists. */
    FeatureOutcome {
        lengths = List.copyOf(lengths);
        frames = List.copyOf(frames);
        rejected = List.copyOf(rejected);
    }

    /** Returns the fitted preprocessing. */
    Preprocessing fitted(PreprocessingPlan plan, int sampleRate) {
        Preprocessing preprocessing = windowed(plan, lengths, sampleRate);
        for (TrainingFrames one : frames) {
            preprocessing = preprocessing.fit(one);
        }
        return preprocessing;
    }

    /** Returns the preprocessing with fitted windows; its transforms of features are as they are. */
    static Preprocessing windowed(PreprocessingPlan plan, List<Integer> lengths, int sampleRate) {
        return plan instanceof Preprocessing fitted
                ? fitted
                : plan.fit(TrainingLengths.of(lengths.stream().mapToInt(Integer::intValue).toArray(), sampleRate));
    }

    /** Returns whether a recording may become readable later. */
    boolean unreachable() {
        return rejected.stream().anyMatch(one -> one.reason() == AudioException.Reason.UNREACHABLE);
    }

    Map<String, byte[]> files() {
        Map<String, byte[]> files = new TreeMap<>(Map.of(
                LENGTHS, Table.write(lengths.stream().map(length -> List.of(Integer.toString(length))).toList()),
                REJECTED, Table.write(rejected.stream()
                        .map(one -> List.of(one.recording().id(), one.reason().name(), one.detail())).toList()),
                INPUTS, Document.of(inputs.describe()).toBytes()));
        if (!frames.isEmpty()) {
            files.put(FRAMES, Table.write(frames.stream().map(FeatureOutcome::row).toList()));
        }
        return files;
    }

    /** Returns the number of frames, and then the mean and the deviation of each feature. */
    private static List<String> row(TrainingFrames frames) {
        List<String> row = new ArrayList<>(List.of(Long.toString(frames.count())));
        frames.mean().forEach(mean -> row.add(Double.toString(mean)));
        frames.deviation().forEach(deviation -> row.add(Double.toString(deviation)));
        return row;
    }

    private static TrainingFrames frames(List<String> row) {
        List<Double> numbers = row.subList(1, row.size()).stream().map(Double::valueOf).toList();
        int features = numbers.size() / 2;
        return new TrainingFrames(
                Long.parseLong(row.get(0)), numbers.subList(0, features), numbers.subList(features, numbers.size()));
    }

    /**
     * Reads an outcome.
     *
     * @param all all recordings, including rejected ones
     */
    static FeatureOutcome read(ModelArtifact artifact, List<Recording> all) {
        Map<String, Recording> byId = all.stream().collect(Collectors.toMap(Recording::id, Function.identity()));
        return new FeatureOutcome(
                Table.read(LENGTHS, artifact.file(LENGTHS), row -> Integer.valueOf(row.get(0))),
                artifact.has(FRAMES)
                        ? Table.read(FRAMES, artifact.file(FRAMES), FeatureOutcome::frames) : List.of(),
                Table.read(REJECTED, artifact.file(REJECTED), row -> new RejectedRecording(
                        byId.get(row.get(0)), AudioException.Reason.valueOf(row.get(1)), row.get(2))),
                inputs(artifact));
    }

    /** Reads the statistics of the input over the training set from an outcome, possibly of another run. */
    static InputStatistics inputs(ModelArtifact artifact) {
        return InputStatistics.read(Document.read(INPUTS, artifact.file(INPUTS)).toMap());
    }

    static Map<String, byte[]> files(InputStatistics inputs) {
        return Map.of(INPUTS, Document.of(inputs.describe()).toBytes());
    }
}
