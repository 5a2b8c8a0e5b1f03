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
import io.github.spirabr.core.pipeline.TrainingPipeline;
import io.github.spirabr.core.preprocessing.EvaluationProtocol;
import io.github.spirabr.core.preprocessing.FeatureCache;
import io.github.spirabr.core.preprocessing.PreprocessingPlan;
import io.github.spirabr.core.probe.Probe;
import io.github.spirabr.core.storage.Storage;
import java.util.List;

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
     * @throws io.github.spirabr.core.SpiraException if parts cannot be had or noises cannot be read; tells of all
     *     settings that are wrong
     */
    public static ExperimentParts of(Experiment experiment) {
        return of(experiment, Components.discover());
    }

    /** The same, with these components. */
    public static ExperimentParts of(Experiment experiment, Components components) {
        return ExperimentAssembly.make(experiment, components);
    }

    /**
     * Gives all parts and settings to a pipeline that is being built. If the experiment has {@code events}, its listener is
     * {@link #listener()}; whoever sets another one passes events on to this one.
     */
    public TrainingPipeline.Builder applyTo(TrainingPipeline.Builder pipeline) {
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
                .seed(experiment.seed());
        protocols.forEach(pipeline::addProtocol);
        probes.forEach(pipeline::addProbe);
        experiment.threads().ifPresent(pipeline::threads);
        experiment.checkpoints().map(ExperimentParts::checkpoints).ifPresent(pipeline::checkpoints);
        experiment.featureCache().map(ExperimentParts::features).ifPresent(pipeline::featureCache);
        experiment.events().ifPresent(events -> pipeline.listener(listener()));
        experiment.work().ifPresent(work -> work.workOf(pipeline));
        experiment.cacheBytes().ifPresent(pipeline::cacheBytes);
        return pipeline;
    }

    /**
     * The same experiment with every default of its parts written out, and the fingerprints of its noises; parts that are
     * made of it equal these.
     */
    public Experiment withDefaults() {
        return described;
    }

    /** Where recordings come from; reads nothing yet. */
    public RecordingSource recordings() {
        RecordingSource recordings = ListedRecordings.of(experiment.recordings());
        return experiment.audioCache().map(cache -> {
            String location = cache.folder().toString();
            return Storage.of(location).audioCache(location, cache.maximumBytes(), recordings);
        }).orElse(recordings);
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

    /** Decodes the recordings. */
    public AudioReader reader() {
        return reader;
    }

    /** Makes the network's input of waveforms; what is learned from the training side is not learned yet. */
    public PreprocessingPlan preprocessing() {
        return preprocessing;
    }

    /** In their order; empty if evaluation changes nothing. */
    public List<EvaluationProtocol> protocols() {
        return protocols;
    }

    /** What looks behind the model's figures, in their order. */
    public List<Probe> probes() {
        return probes;
    }

    /** What makes a recording's probability of its windows'. */
    public Aggregation aggregation() {
        return aggregation;
    }

    /** Puts subjects on the three sides; for recordings that are listed by side, as they are listed. */
    public Splitter split() {
        return split;
    }

    /** Makes the untrained network. */
    public ModelFactory model() {
        return model;
    }

    /** Fits the network. */
    public ModelTrainer trainer() {
        return trainer;
    }
}
