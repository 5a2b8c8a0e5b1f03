package io.github.spirabr.core.pipeline;

import io.github.spirabr.core.audio.AudioException;
import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.component.Components;
import io.github.spirabr.core.evaluation.DecisionRule;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import io.github.spirabr.core.preprocessing.Preprocessing;
import io.github.spirabr.core.preprocessing.ShortRecordingException;
import io.github.spirabr.core.quality.InputMeasures;
import io.github.spirabr.core.quality.InputStatistics;
import io.github.spirabr.core.random.RandomStreams;
import io.github.spirabr.core.recording.AudioSource;
import io.github.spirabr.core.registry.ModelArtifact;
import io.github.spirabr.core.registry.ModelRepository;
import io.github.spirabr.core.registry.ModelVersion;
import io.github.spirabr.core.training.TrainedModel;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * A stored model, ready to be asked. It uses exactly the reader, transforms, windows, features and threshold that
 * are stored with it. Safe for any number of threads.
 */
public final class Predictor implements AutoCloseable {

    private final ModelVersion version;
    private final ModelRecipe recipe;
    private final Preprocessing preprocessing;
    private final TrainedModel model;

    private Predictor(ModelVersion version, ModelRecipe recipe, TrainedModel model) {
        this.version = version;
        this.recipe = recipe;
        Preprocessing.Builder steps = Preprocessing.builder();
        recipe.transforms().forEach(steps::transform);
        this.preprocessing = steps.window(recipe.windowing()).extract(recipe.extractor()).build();
        this.model = model;
    }

    /**
     * Opens a version with all components of the class path.
     *
     * @throws io.github.spirabr.core.registry.ModelRepositoryException if it is not there or damaged
     * @throws io.github.spirabr.core.component.ComponentException if a part that it needs is not on the class path
     */
    public static Predictor open(ModelRepository models, ModelVersion version) {
        return open(models, version, Components.discover());
    }

    /**
     * Opens a version.
     *
     * @param components what its parts are made by
     * @throws io.github.spirabr.core.registry.ModelRepositoryException if it is not there or damaged
     * @throws io.github.spirabr.core.component.ComponentException if a part that it needs is not known
     */
    public static Predictor open(ModelRepository models, ModelVersion version, Components components) {
        ModelArtifact artifact = models.load(version);
        ModelRecipe recipe = ArtifactFiles.recipe(artifact, components);
        // The weights drawn here are replaced by the stored ones at once.
        TrainedModel model =
                recipe.model().create(recipe.input(), new RandomStreams(0)).restore(ArtifactFiles.network(artifact));
        return new Predictor(version, recipe, model);
    }

    /**
     * What a stored model's training side was like; opens no network.
     *
     * @return empty if the model is of an older library
     * @throws io.github.spirabr.core.quality.QualityException if that is damaged, or of another format
     */
    public static Optional<InputStatistics> inputStatistics(ModelArtifact artifact) {
        return ArtifactFiles.inputStatistics(artifact);
    }

    /** How its answers become decisions. */
    public DecisionRule decision() {
        return recipe.decision();
    }

    /** Which model this is. */
    public ModelVersion version() {
        return version;
    }

    /**
     * Reads a recording and gives its probability.
     *
     * @param recording the id that the answer, or a failure, names
     * @param audio the encoded bytes, taken as untrusted
     * @throws AudioException if it cannot be read, or is too short for windows that are not padded
     */
    public Prediction predict(String recording, AudioSource audio) {
        Waveform waveform = recipe.reader().read(recording, audio);
        double[] windows = model.predict(features(recording, waveform));
        double probability = recipe.decision().probability(windows);
        return new Prediction(
                recording,
                recipe.decision().callsPatient(probability) ? Diagnosis.POSITIVE : Diagnosis.NEGATIVE,
                probability,
                DoubleStream.of(windows).boxed().toList());
    }

    /**
     * What the network's input is like for a recording, to be held against {@link #inputStatistics}.
     *
     * @param recording the id that a failure names
     * @param audio the encoded bytes, taken as untrusted
     * @throws AudioException as {@link #predict} does
     */
    public InputMeasures measures(String recording, AudioSource audio) {
        Waveform waveform = recipe.reader().read(recording, audio);
        return HeardRecording.of(waveform, features(recording, waveform)).measures();
    }

    private List<FeatureMatrix> features(String recording, Waveform waveform) {
        try {
            return preprocessing.features(waveform);
        } catch (ShortRecordingException e) {
            throw new AudioException(recording, AudioException.Reason.TOO_SHORT, e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        model.close();
    }
}
