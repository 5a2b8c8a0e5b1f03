package io.github.spirabr.core.artifact;

import io.github.spirabr.core.SpiraException;
import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.component.Components;
import io.github.spirabr.core.internal.DocumentException;
import io.github.spirabr.core.internal.adapter.NotEnoughMemoryException;
import io.github.spirabr.core.model.TrainedModel;
import io.github.spirabr.core.model.TrainingException;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import io.github.spirabr.core.preprocessing.InputShape;
import io.github.spirabr.core.preprocessing.Preprocessing;
import io.github.spirabr.core.quality.InputStatistics;
import io.github.spirabr.core.quality.QualityLimits;
import io.github.spirabr.core.random.RandomStreams;
import io.github.spirabr.core.registry.ModelArtifact;
import io.github.spirabr.core.registry.ModelRepositoryException;
import io.github.spirabr.core.registry.ModelVersion;
import io.github.spirabr.core.work.Parallelism;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** All that a stored model's files say beside the network's weights. */
public record StoredModel(
        ModelVersion version,
        ModelRecipe recipe,
        QualityLimits limits,
        Optional<InputStatistics> inputStatistics,
        Optional<String> dataFingerprint) {

    /** A window and its features take at most this part of the heap. */
    private static final int SHARE_OF_HEAP = 4;
    private static final float AMPLITUDE = 0.02f;

    /**
     * Reads the files of a version that is loaded, all but the weights, and checks that they agree with each other.
     *
     * @throws ModelRepositoryException if a file is missing or damaged, or contradicts another
     * @throws io.github.spirabr.core.component.ComponentException if a part cannot be made
     */
    public static StoredModel read(ModelVersion version, ModelArtifact artifact, Components components) {
        return checked(version, () -> {
            StoredModel model = new StoredModel(
                    version,
                    ArtifactFiles.recipe(artifact, components),
                    ArtifactFiles.limits(artifact),
                    ArtifactFiles.inputStatistics(artifact),
                    StoredProvenance.of(artifact).dataFingerprint());
            model.requireAgreement();
            return model;
        });
    }

    /**
     * Restores the network with the stored weights.
     *
     * @param artifact the files that this was read from
     * @throws ModelRepositoryException if the weights are missing, damaged or of another network
     */
    public TrainedModel restore(ModelArtifact artifact, Parallelism parallelism) {
        return checked(version, () -> {
            // The weights drawn here are replaced by the stored ones at once.
            TrainedModel model = recipe.model()
                    .create(recipe.input(), new RandomStreams(0))
                    .restore(ArtifactFiles.network(artifact), parallelism);
            try {
                requireProbabilities(model.predict(trial()), "a trial window");
                return model;
            } catch (RuntimeException e) {
                model.close();
                throw e;
            }
        });
    }

    /** Returns the features of faint noise of one window, or little more: some settings are wrong for a certain rate only. */
    private List<FeatureMatrix> trial() {
        int rate = recipe.reader().sampleRate();
        float[] noise = new float[recipe.windowing().windowLength(rate) + 1];
        RandomGenerator random = new RandomStreams(0).stream("trial");
        for (int i = 0; i < noise.length; i++) {
            noise[i] = AMPLITUDE * (random.nextFloat() - 0.5f);
        }
        // Without transforms, which may refuse noise.
        return preprocessing().toBuilder().transforms(List.of()).build().features(Waveform.of(noise, rate));
    }

    /**
     * Checks the network's answers: finite weights may be so large that they overflow, and that is no probability.
     *
     * @param windows the network's output for each window
     * @param input input, in the message, such as {@code a window of recording 7}
     * @return the same
     * @throws ModelRepositoryException if one of them is not in [0, 1]
     */
    public double[] requireProbabilities(double[] windows, String input) {
        for (double probability : windows) {
            if (!(probability >= 0 && probability <= 1)) {
                throw new ModelRepositoryException(version + " must answer with probabilities from 0 to 1, but answered "
                        + probability + " for " + input + "; its weights are damaged or overflow: train it again, or promote"
                        + " another version");
            }
        }
        return windows;
    }

    /** Returns the steps from a waveform to the network's input. */
    public Preprocessing preprocessing() {
        Preprocessing.Builder steps = Preprocessing.builder();
        recipe.transforms().forEach(steps::transform);
        Preprocessing.Extracted<Preprocessing> extracted = steps.window(recipe.windowing()).extract(recipe.extractor());
        recipe.featureTransforms().forEach(extracted::transform);
        return extracted.build();
    }

    private void requireAgreement() {
        InputShape input = recipe.input();
        int rate = recipe.reader().sampleRate();
        InputShape made = preprocessing().inputShape(rate);
        if (!made.equals(input)) {
            throw new IllegalArgumentException(
                    "the network's input must be what its windows and features give, " + made + ", but was " + input);
        }
        inputStatistics.ifPresent(statistics -> {
            if (statistics.features() != input.features()) {
                throw new IllegalArgumentException("the input statistics must be of " + input.features()
                        + " features, but were of " + statistics.features());
            }
        });
        long bytes = Float.BYTES * (recipe.windowing().windowLength(rate) + (long) input.frames() * input.features());
        long most = Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP;
        if (bytes > most) {
            throw new ModelRepositoryException("a window of " + version + " must take at most " + (most >> 20)
                    + " MB, a quarter of Java's heap, but takes " + (bytes >> 20) + " MB; give Java more memory with -Xmx");
        }
    }

    /** Names the version in the failure of any part that its files were given to. */
    private static <T> T checked(ModelVersion version, Supplier<T> work) {
        try {
            return work.get();
        } catch (NotEnoughMemoryException e) {
            throw new ModelRepositoryException(version + " could not be opened: " + e.getMessage(), e);
        } catch (TrainingException | DocumentException e) {
            throw damaged(version, e);
        } catch (SpiraException e) {
            throw e;
        } catch (RuntimeException e) {
            // Parts of other modules refuse what they are given by exceptions of their own.
            throw damaged(version, e);
        }
    }

    private static ModelRepositoryException damaged(ModelVersion version, RuntimeException cause) {
        return new ModelRepositoryException("the files of " + version + " must be as they were saved, but they are damaged: "
                + cause.getMessage() + "; restore the version from a backup, or train it again", cause);
    }
}
