package io.github.spirabr.config;

import io.github.spirabr.config.Experiment.CacheFolder;
import io.github.spirabr.config.Experiment.CheckpointFolder;
import io.github.spirabr.core.audio.AudioReader;
import io.github.spirabr.core.component.Components;
import io.github.spirabr.core.dataset.RecordingSource;
import io.github.spirabr.core.dataset.Splitter;
import io.github.spirabr.core.model.Aggregation;
import io.github.spirabr.core.model.CheckpointStore;
import io.github.spirabr.core.model.ModelFactory;
import io.github.spirabr.core.model.ModelTrainer;
import io.github.spirabr.core.pipeline.PipelineListener;
import io.github.spirabr.core.pipeline.TaskTraining;
import io.github.spirabr.core.pipeline.TrainingPipeline;
import io.github.spirabr.core.preprocessing.EvaluationProtocol;
import io.github.spirabr.core.preprocessing.FeatureCache;
import io.github.spirabr.core.preprocessing.PreprocessingPlan;
import io.github.spirabr.core.probe.Probe;
import io.github.spirabr.core.storage.Storage;
import io.github.spirabr.core.work.Parallelism;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/** The parts of an experiment, made and ready for a pipeline. Immutable and thread-safe. */
public final class ExperimentParts {

    private final Experiment experiment;
    private final Experiment described;
    private final AudioReader reader;
    private final PreprocessingPlan preprocessing;
    private final List<EvaluationProtocol> protocols;
    private final List<Probe> probes;
    private final Splitter split;
    private final Aggregation aggregation;
    private final ModelFactory model;
    private final ModelTrainer trainer;

    ExperimentParts(
            Experiment experiment,
            Experiment described,
            AudioReader reader,
            PreprocessingPlan preprocessing,
            List<EvaluationProtocol> protocols,
            List<Probe> probes,
            Splitter split,
            Aggregation aggregation,
            ModelFactory model,
            ModelTrainer trainer) {
        this.experiment = experiment;
        this.described = described;
        this.reader = reader;
        this.preprocessing = preprocessing;
        this.protocols = List.copyOf(protocols);
        this.probes = List.copyOf(probes);
        this.split = split;
        this.aggregation = aggregation;
        this.model = model;
        this.trainer = trainer;
    }

    /**
     * Makes the parts; reads the noises and no recording.
     *
     * @throws io.github.spirabr.core.SpiraException if parts cannot be made or noises cannot be read; the message
     *     lists all wrong settings
     */
    public static ExperimentParts of(Experiment experiment) {
        return of(experiment, Components.discover());
    }

    /** Makes the parts as {@link #of(Experiment)} does, but with these components. */
    public static ExperimentParts of(Experiment experiment, Components components) {
        return ExperimentAssembly.make(experiment, components);
    }

    /**
     * Gives all parts and settings to a pipeline that is being built. If the experiment has {@code events}, its listener is
     * {@link #listener()}; whoever sets another one passes events on to this one.
     *
     * @throws IllegalArgumentException if the experiment has tasks, which {@link #taskTraining} trains
     */
    public TrainingPipeline.Builder applyTo(TrainingPipeline.Builder pipeline) {
        if (!experiment.tasks().isEmpty()) {
            throw new IllegalArgumentException("tasks must be empty for a single model, but were " + experiment.tasks()
                    + "; run the experiment by spira run or by a TaskTraining, or remove tasks");
        }
        return apply(pipeline);
    }

    /**
     * Returns the training of one model for each of the experiment's tasks.
     *
     * @param further changes the pipeline of all tasks, such as its listener
     * @throws IllegalArgumentException if the experiment has no tasks
     */
    public TaskTraining taskTraining(UnaryOperator<TrainingPipeline.Builder> further) {
        return TaskTraining.of(further.apply(apply(TrainingPipeline.builder())).build(), experiment.tasks())
                .fusion(experiment.fusion());
    }

    private TrainingPipeline.Builder apply(TrainingPipeline.Builder pipeline) {
        pipeline.recordings(recordings())
                .reader(reader)
                .preprocessing(preprocessing)
                .split(split)
                .rejections(experiment.rejections())
                .operatingPoint(experiment.decision().operatingPoint())
                .calibrate(experiment.decision().calibrate())
                .abstention(experiment.decision().abstention())
                .aggregation(aggregation)
                .model(model)
                .trainer(trainer)
                .qualityLimits(experiment.qualityLimits())
                .models(experiment.models().models())
                .modelName(experiment.modelName())
                .target(experiment.target())
                .labelsBySession(experiment.labelsBySession())
                .baseline(experiment.baseline())
                .seed(experiment.seed());
        protocols.forEach(pipeline::addProtocol);
        probes.forEach(pipeline::addProbe);
        experiment.threads().ifPresent(threads -> pipeline.parallelism(Parallelism.of(threads)));
        experiment.checkpoints().map(ExperimentParts::checkpoints).ifPresent(pipeline::checkpoints);
        experiment.featureCache().map(ExperimentParts::features).ifPresent(pipeline::featureCache);
        experiment.events().ifPresent(events -> pipeline.listener(listener()));
        experiment.work().ifPresent(work -> work.workOf(pipeline));
        experiment.cacheBytes().ifPresent(pipeline::cacheBytes);
        return pipeline;
    }

    /**
     * Returns the experiment with all defaults of its parts, and the fingerprints of its noises. Parts made from it equal
     * these parts.
     */
    public Experiment withDefaults() {
        return described;
    }

    /** Returns the source of the recordings, which reads nothing before they are loaded. */
    public RecordingSource recordings() {
        RecordingSource recordings = ListedRecordings.of(experiment.recordings());
        return experiment.audioCache().map(cache -> {
            String location = cache.folder().toString();
            return Storage.of(location).audioCache(location, cache.maximumBytes(), recordings);
        }).orElse(recordings);
    }

    /**
     * Returns the recordings of a further manifest, whose columns and words are those of the experiment's own manifest. Classes may
     * be written as 0 and 1, too; relative paths start from the manifest's folder.
     */
    public RecordingSource recordings(Path manifest) {
        return ListedRecordings.further(experiment.recordings(), manifest);
    }

    private static CheckpointStore checkpoints(CheckpointFolder checkpoints) {
        String location = checkpoints.folder().toString();
        return Storage.of(location).checkpoints(location, checkpoints.keep());
    }

    private static FeatureCache features(CacheFolder cache) {
        String location = cache.folder().toString();
        return Storage.of(location).featureCache(location, cache.maximumBytes());
    }

    /** Returns a new listener that writes the event files of the experiment; it does nothing if there are none. */
    public PipelineListener listener() {
        return listener("");
    }

    /**
     * Returns a new listener like {@link #listener()}, for one of several trainings that run at the same time.
     *
     * @param training name of the training, which becomes a folder within that of the events
     */
    public PipelineListener listener(String training) {
        return experiment.events().map(events -> {
            String location = events.folder().resolve(training).toString();
            return Storage.of(location).events(location, events.formats());
        }).orElse(new PipelineListener() {});
    }

    /** Returns the decoder of the recordings. */
    public AudioReader reader() {
        return reader;
    }

    /** Returns the steps from waveforms to the network's input, not yet fitted to the training set. */
    public PreprocessingPlan preprocessing() {
        return preprocessing;
    }

    /** Returns the evaluation protocols, in their order. */
    public List<EvaluationProtocol> protocols() {
        return protocols;
    }

    /** Returns the probes, in their order. */
    public List<Probe> probes() {
        return probes;
    }

    /** Returns the aggregation of window probabilities. */
    public Aggregation aggregation() {
        return aggregation;
    }

    /** Returns the split; recordings that are listed by set stay in the set that lists them. */
    public Splitter split() {
        return split;
    }

    /** Returns the factory of the network. */
    public ModelFactory model() {
        return model;
    }

    /** Returns the trainer. */
    public ModelTrainer trainer() {
        return trainer;
    }
}
