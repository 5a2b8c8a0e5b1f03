package io.github.spirabr.core.pipeline;

import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.preprocessing.Augmentation;
import io.github.spirabr.core.preprocessing.Preprocessing;
import io.github.spirabr.core.probe.ProbeResult;
import io.github.spirabr.core.probe.ProbeResult.Measurement;
import io.github.spirabr.core.probe.ProbeResult.Verdict;
import io.github.spirabr.core.random.RandomStreams;
import io.github.spirabr.core.recording.Recording;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/** The training recordings to which noise adds nothing, since it is mostly digital silence. Used by one thread. */
final class TrainingNoise {

    /** Stretches are drawn again where they are silent, so that noises with less silence than this change each recording. */
    private static final double SILENT = 0.4;

    private final Preprocessing preprocessing;
    private final List<Recording> training;

    TrainingNoise(Preprocessing preprocessing, List<Recording> training) {
        this.preprocessing = preprocessing;
        this.training = training;
    }

    /**
     * Applies the augmentations of the first epoch once more, if there are noises that are mostly silent.
     *
     * @param reader reads a recording
     * @param random the run's streams
     * @return a warning that counts the recordings that such a noise left unchanged; empty if there are none
     */
    Optional<ProbeResult> examine(Function<Recording, Waveform> reader, RandomStreams random) {
        List<Augmentation> augmentations = preprocessing.augmentations();
        int[] silent = IntStream.range(0, augmentations.size()).filter(i -> isSilent(augmentations.get(i))).toArray();
        if (silent.length == 0) {
            return Optional.empty();
        }
        UnchangedRecordings unchanged = new UnchangedRecordings(training, false);
        for (Recording one : training) {
            List<Waveform> steps = preprocessing.augmented(reader.apply(one), one, 1, random);
            for (int i : silent) {
                unchanged.compare(one, steps.get(i), steps.get(i + 1));
            }
        }
        List<Recording> meant = unchanged.meant();
        int count = unchanged.count(meant);
        return count == 0 ? Optional.empty() : Optional.of(result(count, meant));
    }

    private static boolean isSilent(Augmentation augmentation) {
        return augmentation.sounds().values().stream().anyMatch(TrainingNoise::isSilent);
    }

    private static boolean isSilent(Waveform noise) {
        int zeros = 0;
        for (int i = 0; i < noise.length(); i++) {
            zeros += noise.sample(i) == 0 ? 1 : 0;
        }
        return zeros > SILENT * noise.length();
    }

    private static ProbeResult result(int count, List<Recording> meant) {
        int subjects = (int) meant.stream().map(Recording::subject).distinct().count();
        Measurement share = new Measurement(
                "unchanged recordings", (double) count / meant.size(), Double.NaN, Double.NaN, meant.size(), subjects);
        return new ProbeResult("training-noise", "Does the noise that is added in training change the recordings?",
                Verdict.WARNING, "In the first epoch, noise left " + count + " of the " + meant.size() + " training recordings"
                + " that it was added to unchanged in more than half of their samples, as it is digital silence there: remove the"
                + " noises that are mostly silent.", List.of(share));
    }
}
