package io.github.spirabr.core.pipeline;

import io.github.spirabr.core.MissingPartsException;
import io.github.spirabr.core.audio.AudioReader;
import io.github.spirabr.core.audit.SplitAudit;
import io.github.spirabr.core.dataset.PreparedDatasetRepository;
import io.github.spirabr.core.dataset.RecordingSource;
import io.github.spirabr.core.dataset.Splitter;
import io.github.spirabr.core.dataset.SubjectSplit;
import io.github.spirabr.core.evaluation.Abstention;
import io.github.spirabr.core.evaluation.Evaluator;
import io.github.spirabr.core.evaluation.OperatingPoint;
import io.github.spirabr.core.model.Aggregation;
import io.github.spirabr.core.model.CheckpointStore;
import io.github.spirabr.core.model.ModelFactory;
import io.github.spirabr.core.model.ModelTrainer;
import io.github.spirabr.core.preprocessing.EvaluationProtocol;
import io.github.spirabr.core.preprocessing.FeatureCache;
import io.github.spirabr.core.preprocessing.FeatureExtractor;
import io.github.spirabr.core.preprocessing.PreprocessingPlan;
import io.github.spirabr.core.probe.Probe;
import io.github.spirabr.core.probe.ProbeResult;
import io.github.spirabr.core.quality.QualityLimits;
import io.github.spirabr.core.recording.Target;
import io.github.spirabr.core.registry.ModelRepository;
import io.github.spirabr.core.registry.ModelVersion;
import io.github.spirabr.core.work.Parallelism;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A pipeline from recordings to a saved, evaluated model: it loads the recordings, splits them by subject, reads them, extracts
 * features, trains, chooses the best epoch on the validation set, evaluates on the test set, and saves the model. Immutable;
 * each {@link #run} is a run of its own. The same parts, recordings and seed give the same model, byte for byte, on any number
 * of threads.
 *
 * <pre>{@code
 * // given: RecordingSource recordings, AudioReader reader, PreprocessingPlan preprocessing
 * // given: ModelFactory network, ModelTrainer trainer, ModelRepository models
 * TrainingPipeline pipeline = TrainingPipeline.builder()
 *         .recordings(recordings)
 *         .reader(reader)
 *         .preprocessing(preprocessing)
 *         .model(network)
 *         .trainer(trainer)
 *         .models(models)
 *         .build();
 * System.out.println(pipeline.run().test().metric(Metric.AUROC)); // 0.91 (0.84 to 0.96)
 * TrainingRun other = pipeline.toBuilder().seed(43).build().run();
 * }</pre>
 */
public final class TrainingPipeline {

    private final PipelineParts parts;

    private TrainingPipeline(PipelineParts parts) {
        this.parts = parts;
    }

    /** Returns a builder with the defaults; recordings, reader, preprocessing, model, trainer and models are required. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns a builder with the parts of this pipeline, so that one of them can be changed. */
    public Builder toBuilder() {
        return new Builder(parts);
    }

    /** Returns the descriptions and settings of all parts. */
    public PipelineDescription describe() {
        return PipelineDescription.of(parts);
    }

    PipelineParts parts() {
        return parts;
    }

    /**
     * Runs all stages. With a work store, a stage is skipped that was completed with the same recordings, settings and code,
     * the last one included.
     *
     * @return the run; its model is saved
     * @throws io.github.spirabr.core.SpiraException if the recordings, the training or a repository fail; then no model is
     *     saved
     * @throws IllegalArgumentException if the parts do not fit together
     */
    public TrainingRun run() {
        try (PipelineRun run = new PipelineRun(parts, EnumSet.allOf(Stage.class))) {
            return run.publish();
        }
    }

    /**
     * Runs the first stage alone: reads all recordings, and stores their features in the work store.
     *
     * @throws PipelineException if there is no work store
     * @throws io.github.spirabr.core.SpiraException if the recordings or a repository fail
     */
    public PreparedFeatures prepareFeatures() {
        try (PipelineRun run = alone(Stage.FEATURES)) {
            return run.prepareFeatures();
        }
    }

    /**
     * Runs the second stage alone: trains on the features in the work store, and stores the network there. Recordings are read
     * only if training augments waveforms.
     *
     * @throws PipelineException if there is no work store, or the first stage was not completed
     * @throws io.github.spirabr.core.SpiraException if the recordings, the training or a repository fail
     */
    public TrainingSummary train() {
        try (PipelineRun run = alone(Stage.TRAIN)) {
            return run.train();
        }
    }

    /**
     * Runs the first two stages: extracts features and trains, without any answer to the test set. With a work store, a stage
     * is skipped that was completed with the same recordings, settings and code, and an interrupted training is resumed.
     *
     * @throws io.github.spirabr.core.SpiraException if the recordings, the training or a repository fail
     */
    public TrainingSummary fit() {
        try (PipelineRun run = new PipelineRun(parts, EnumSet.of(Stage.FEATURES, Stage.TRAIN))) {
            return run.train();
        }
    }

    /**
     * Runs the third stage alone: evaluates the network in the work store on the test set. The model of the run is not saved.
     *
     * @throws PipelineException if there is no work store, or an earlier stage was not done
     * @throws io.github.spirabr.core.SpiraException if the recordings or a repository fail
     */
    public TrainingRun evaluate() {
        try (PipelineRun run = alone(Stage.EVALUATE)) {
            return run.evaluate();
        }
    }

    /**
     * Runs the last stage alone: saves the model with the outcomes of the stages before it, unless that was done.
     *
     * @throws PipelineException if there is no work store, or an earlier stage was not done
     * @throws io.github.spirabr.core.SpiraException if a repository fails
     */
    public TrainingRun publish() {
        try (PipelineRun run = alone(Stage.PUBLISH)) {
            return run.publish();
        }
    }

    /**
     * Checks that the repositories of models and of the stages' outcomes can be written; each stage does so before it reads
     * anything.
     *
     * @throws io.github.spirabr.core.SpiraException if one of them cannot
     */
    public void requireWritable() {
        parts.requireWritable(EnumSet.allOf(Stage.class));
    }

    private PipelineRun alone(Stage stage) {
        if (parts.workStore() == null) {
            throw new PipelineException("stage " + stage + " must have a work store to run alone, but there is none; call workStore(…)");
        }
        return new PipelineRun(parts, EnumSet.of(stage));
    }

    /**
     * Finds the newest saved version that {@link #run} would make again, byte for byte: with the same parts, recordings, seed
     * and library. Reads the recordings' bytes, but decodes none except rooms that are noise.
     *
     * @return empty if there is none
     * @throws io.github.spirabr.core.SpiraException if the recordings or the repository fail
     */
    public Optional<ModelVersion> findDone() {
        if (parts.models().versions(parts.modelName()).isEmpty()) {
            return Optional.empty();
        }
        try (PipelineRun run = new PipelineRun(parts.silent(), EnumSet.noneOf(Stage.class))) {
            return run.published();
        }
    }

    /**
     * Returns the settings of all parts that are known before a recording is read, defaults included, by path as in a model's
     * provenance. Windows that are fitted to the recordings are not among them.
     */
    public SortedMap<String, String> settings() {
        return TrainingSettings.known(parts);
    }

    /** A builder of pipelines. Methods that begin with {@code add} add a part, all others replace one. Not thread-safe. */
    public static final class Builder {

        private @Nullable RecordingSource recordings;
        private @Nullable AudioReader reader;
        private @Nullable PreprocessingPlan preprocessing;
        private final List<EvaluationProtocol> protocols = new ArrayList<>();
        private final List<Probe> probes = new ArrayList<>();
        private boolean baseline = true;
        private @Nullable FeatureExtractor baselineFeatures;
        private @Nullable RunReporter reporter;
        private @Nullable FeatureCache featureCache;
        private @Nullable ModelFactory model;
        private @Nullable ModelTrainer trainer;
        private @Nullable ModelRepository models;
        private Splitter split = SubjectSplit.of(0.6, 0.2, 0.2);
        private @Nullable SplitAudit audit;
        private RejectionPolicy rejections = RejectionPolicy.standard();
        private OperatingPoint operatingPoint = OperatingPoint.fixed(Evaluator.DEFAULT_THRESHOLD);
        private boolean calibrate;
        private QualityLimits qualityLimits = QualityLimits.standard();
        private Aggregation aggregation = Aggregation.mean();
        private Abstention abstention = Abstention.NONE;
        private String modelName = "spira";
        private Target target = Target.STANDARD;
        private boolean labelsBySession;
        private SortedMap<String, String> furtherProvenance = Collections.emptySortedMap();
        private long seed = 0;
        private Parallelism parallelism = Parallelism.allProcessors();
        private OptionalLong cacheBytes = OptionalLong.empty();
        private int trainingsAtATime = 1;
        private @Nullable CheckpointStore checkpoints;
        private @Nullable WorkStore workStore;
        private boolean rerun;
        private PipelineListener listener = new PipelineListener() {};

        private Builder() {}

        private Builder(PipelineParts parts) {
            recordings = parts.recordings();
            reader = parts.reader();
            preprocessing = parts.preprocessing();
            protocols.addAll(parts.protocols());
            probes.addAll(parts.probes());
            baseline = parts.baseline();
            baselineFeatures = parts.baselineFeatures();
            reporter = parts.reporter();
            featureCache = parts.featureCache();
            model = parts.model();
            trainer = parts.trainer();
            models = parts.models();
            split = parts.split();
            audit = parts.audit();
            rejections = parts.rejections();
            operatingPoint = parts.operatingPoint();
            calibrate = parts.calibrate();
            qualityLimits = parts.qualityLimits();
            aggregation = parts.aggregation();
            abstention = parts.abstention();
            modelName = parts.modelName();
            target = parts.target();
            labelsBySession = parts.labelsBySession();
            furtherProvenance = parts.furtherProvenance();
            seed = parts.seed();
            parallelism = parts.parallelism();
            cacheBytes = parts.cacheSize();
            trainingsAtATime = parts.trainingsAtATime();
            checkpoints = parts.checkpoints();
            workStore = parts.workStore();
            rerun = parts.rerun();
            listener = parts.listener();
        }

        /** Sets the source of the recordings; required. */
        public Builder recordings(RecordingSource source) {
            this.recordings = source;
            return this;
        }

        /** Sets the decoder of the recordings; required. */
        public Builder reader(AudioReader audioReader) {
            this.reader = audioReader;
            return this;
        }

        /** Sets the steps from waveforms to the network's input; required. What is fitted is fitted on the training set alone. */
        public Builder preprocessing(PreprocessingPlan steps) {
            this.preprocessing = steps;
            return this;
        }

        /**
         * Adds an evaluation of the test set under a protocol, after those before it. By default the test set is evaluated as it
         * is.
         */
        public Builder addProtocol(EvaluationProtocol protocol) {
            this.protocols.add(protocol);
            return this;
        }

        /** Adds a probe of the model, after those before it; by default there is none. */
        public Builder addProbe(Probe probe) {
            this.probes.add(probe);
            return this;
        }

        /**
         * Sets whether logistic regression on the part {@code speech-statistics} is trained beside the network, on the same
         * split, and compared with it; by default true. The result is {@link ProbeResult#BASELINE} among the run's probes. There
         * is none if the part is not on the class path, or if the network is that very regression.
         */
        public Builder baseline(boolean enabled) {
            this.baseline = enabled;
            return this;
        }

        /** Sets that there is a baseline, and its features, one vector for each recording. */
        Builder baseline(FeatureExtractor extractor) {
            this.baseline = true;
            this.baselineFeatures = extractor;
            return this;
        }

        /** Adds a report that is saved with the model, beside those before it; by default there is none. */
        public Builder addReporter(RunReporter runReporter) {
            this.reporter = reporter == null ? runReporter : ReportFiles.of(reporter, runReporter);
            return this;
        }

        /** Sets the store of features that depend on no random draw, shared by runs; by default there is none. */
        public Builder featureCache(FeatureCache cache) {
            this.featureCache = cache;
            return this;
        }

        /** Sets the split into training, validation and test set; by default 60, 20 and 20 % of the subjects. */
        public Builder split(Splitter splitter) {
            this.split = splitter;
            return this;
        }

        /**
         * Sets an audit of the split before the training. A leak between the sets refuses the run with a {@link
         * io.github.spirabr.core.audit.LeakException}; the certificate is saved with the model. By default only the subjects'
         * names are compared.
         */
        public Builder audit(SplitAudit splitAudit) {
            this.audit = splitAudit;
            return this;
        }

        /** Sets the share of unusable recordings that the run tolerates; by default {@link RejectionPolicy#standard}. */
        public Builder rejections(RejectionPolicy policy) {
            this.rejections = policy;
            return this;
        }

        /** Sets the network; required. */
        public Builder model(ModelFactory factory) {
            this.model = factory;
            return this;
        }

        /** Sets the trainer of the network; required. */
        public Builder trainer(ModelTrainer modelTrainer) {
            this.trainer = modelTrainer;
            return this;
        }

        /** Sets the choice of the threshold, made on the validation set; by default it is 0.5. */
        public Builder operatingPoint(OperatingPoint point) {
            this.operatingPoint = point;
            return this;
        }

        /** Sets whether probabilities are calibrated by a temperature fitted on the validation set; by default not. */
        public Builder calibrate(boolean enabled) {
            this.calibrate = enabled;
            return this;
        }

        /** Sets the aggregation of window probabilities, in validation, test and prediction; by default their mean. */
        public Builder aggregation(Aggregation windowAggregation) {
            this.aggregation = windowAggregation;
            return this;
        }

        /**
         * Sets the choice of the inconclusive band around the threshold, made on the validation set; by default there is none.
         */
        public Builder abstention(Abstention choice) {
            this.abstention = choice;
            return this;
        }

        /** Sets the quality at which predictions warn or are inconclusive; by default {@link QualityLimits#standard}. */
        public Builder qualityLimits(QualityLimits limits) {
            this.qualityLimits = limits;
            return this;
        }

        /** Sets the repository that the model is saved in; required. */
        public Builder models(ModelRepository repository) {
            this.models = repository;
            return this;
        }

        /**
         * Sets the name of the saved model; by default {@code spira}.
         *
         * @throws IllegalArgumentException if the name is invalid, see {@link ModelVersion}
         */
        public Builder modelName(String name) {
            this.modelName = ModelVersion.requireName(name);
            return this;
        }

        /**
         * Sets the condition that the model detects, with the names of its classes, which the report, the model card and
         * answers show; by default {@link Target#STANDARD}.
         */
        public Builder target(Target condition) {
            this.target = condition;
            return this;
        }

        /**
         * Sets whether the class of a subject may change between its sessions; by default it must not, if the recordings tell
         * their session.
         */
        public Builder labelsBySession(boolean enabled) {
            this.labelsBySession = enabled;
            return this;
        }

        /** Sets the seed of all random draws; by default 0. */
        public Builder seed(long value) {
            this.seed = value;
            return this;
        }

        /**
         * Sets the number of threads that read, extract features, train and predict; by default one for each processor. The
         * model does not depend on it.
         */
        public Builder parallelism(Parallelism threads) {
            this.parallelism = threads;
            return this;
        }

        /**
         * Sets the bytes of decoded audio and features that are kept in memory, 0 for none; by default a quarter of the heap,
         * shared by trainings that run at the same time.
         *
         * @throws IllegalArgumentException if the number is negative
         */
        public Builder cacheBytes(long bytes) {
            if (bytes < 0) {
                throw new IllegalArgumentException("the cache must have 0 bytes or more, but was " + bytes);
            }
            this.cacheBytes = OptionalLong.of(bytes);
            return this;
        }

        /** Sets what the provenance of the model says besides; part of the run's identity. */
        Builder furtherProvenance(SortedMap<String, String> entries) {
            this.furtherProvenance = entries;
            return this;
        }

        /**
         * Sets the number of trainings that run at the same time in this process; they share the threads evenly, and the cache
         * unless its size is set. By default 1.
         *
         * @throws IllegalArgumentException if the number is below 1
         */
        public Builder sharedBy(int trainings) {
            if (trainings < 1) {
                throw new IllegalArgumentException("there must be at least 1 training at a time, but were " + trainings);
            }
            this.trainingsAtATime = trainings;
            return this;
        }

        /**
         * Sets the store of checkpoints, from which an interrupted training is resumed. It is cleared when the model is saved,
         * or, with a work store, when the training ends. By default there are no checkpoints, or those of the work store.
         */
        public Builder checkpoints(CheckpointStore store) {
            this.checkpoints = store;
            return this;
        }

        /**
         * Sets the store of the stages' outcomes, so that each stage is completed once, on any machine. By default there is
         * none.
         *
         * @param outcomes the repository of outcomes, with names such as {@code train-HASH}, and of checkpoints unless {@link
         *     #checkpoints} is set; not the repository of models
         * @param features the repository of features, as prepared data sets
         */
        public Builder workStore(ModelRepository outcomes, PreparedDatasetRepository features) {
            this.workStore = new WorkStore(outcomes, features);
            return this;
        }

        /**
         * Sets the store of the stages' outcomes without their features, which each run computes again: an interrupted run is
         * resumed at little cost of space, and a completed one is found again with its findings.
         *
         * @param outcomes outcomes, as in {@link #workStore(ModelRepository, PreparedDatasetRepository)}
         */
        public Builder workStore(ModelRepository outcomes) {
            this.workStore = new WorkStore(outcomes, null);
            return this;
        }

        /** Sets whether completed stages are run again; by default not. */
        public Builder rerun(boolean enabled) {
            this.rerun = enabled;
            return this;
        }

        /** Sets the receiver of progress events; by default there is none. */
        public Builder listener(PipelineListener pipelineListener) {
            this.listener = pipelineListener;
            return this;
        }

        /**
         * Builds the pipeline.
         *
         * @throws MissingPartsException if required parts are missing; it names all of them
         * @throws io.github.spirabr.core.preprocessing.PreprocessingException if an evaluation protocol adds noises that
         *     training adds too
         */
        public TrainingPipeline build() {
            MissingPartsException.check("TrainingPipeline")
                    .part("recordings", "recordings", recordings).part("a reader", "reader", reader)
                    .part("a preprocessing", "preprocessing", preprocessing).part("a model", "model", model)
                    .part("a trainer", "trainer", trainer).part("a model repository", "models", models).done();
            PipelineParts parts = new PipelineParts(
                    recordings, reader, preprocessing, List.copyOf(protocols), List.copyOf(probes), baseline, baselineFeatures,
                    reporter, featureCache, split, audit, rejections, model, trainer, operatingPoint, calibrate, aggregation,
                    abstention, qualityLimits, models, modelName, target, labelsBySession,
                    furtherProvenance, seed, parallelism,
                    cacheBytes, trainingsAtATime, checkpoints, workStore, rerun, listener);
            parts.requireOwnMaterial();
            return new TrainingPipeline(parts);
        }
    }
}
