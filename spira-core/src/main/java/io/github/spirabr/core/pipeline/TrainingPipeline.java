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
import io.github.spirabr.core.preprocessing.PreprocessingPlan;
import io.github.spirabr.core.probe.Probe;
import io.github.spirabr.core.quality.QualityLimits;
import io.github.spirabr.core.registry.ModelRepository;
import io.github.spirabr.core.registry.ModelVersion;
import io.github.spirabr.core.work.Parallelism;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * From recordings to a saved, evaluated model: load, split by subject, read and extract, train, choose
 * the best epoch by the validation side, evaluate on the test side, save. Immutable; each {@link #run}
 * is a run of its own. The same parts, recordings and seed give the same model, byte for byte, on any
 * number of threads.
 */
public final class TrainingPipeline {

    private final PipelineParts parts;

    private TrainingPipeline(PipelineParts parts) {
        this.parts = parts;
    }

    /** A pipeline without parts. */
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
     * Runs all stages. Where there is a work store, a stage is skipped that was done with the same recordings, settings and
     * code, the last one included.
     *
     * @return what came out; the model is saved
     * @throws io.github.spirabr.core.SpiraException if the recordings, the training or a repository
     *     fail; then no model is saved
     * @throws IllegalArgumentException if the parts do not fit each other
     */
    public TrainingRun run() {
        try (PipelineRun run = new PipelineRun(parts, EnumSet.allOf(Stage.class))) {
            return run.publish();
        }
    }

    /**
     * Runs the first stage alone: visits all recordings, and leaves their features in the work store.
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
     * Runs the second stage alone: trains on what the first one left in the work store, and leaves the network there.
     * Recordings are read only where training augments waveforms.
     *
     * @throws PipelineException if there is no work store, or the first stage was not done
     * @throws io.github.spirabr.core.SpiraException if the recordings, the training or a repository fail
     */
    public TrainingSummary train() {
        try (PipelineRun run = alone(Stage.TRAIN)) {
            return run.train();
        }
    }

    /**
     * Runs the third stage alone: asks the network that the second one left about the held-out recordings.
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
     * Runs the last stage alone: saves the model, with all that the stages before it left, unless that was done.
     *
     * @throws PipelineException if there is no work store, or an earlier stage was not done
     * @throws io.github.spirabr.core.SpiraException if a repository fails
     */
    public TrainingRun publish() {
        try (PipelineRun run = alone(Stage.PUBLISH)) {
            return run.publish();
        }
    }

    private PipelineRun alone(Stage stage) {
        if (parts.workStore() == null) {
            throw new PipelineException("stage " + stage + " cannot run by itself without a work store, where stages leave what"
                    + " comes after them; set one by the builder's method workStore");
        }
        return new PipelineRun(parts, EnumSet.of(stage));
    }

    /**
     * The newest saved version that {@link #run} would only make again, byte for byte: of the same parts, recordings, seed
     * and library. Reads the recordings' bytes, but decodes none.
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
     * The settings of all parts that are known before a recording is read, defaults included, by path as a trained model's
     * provenance tells them. Windows that are fitted to the recordings are not among them.
     */
    public SortedMap<String, String> settings() {
        return TrainingSettings.known(parts);
    }

    /** Collects the parts of a pipeline. Not thread-safe. */
    public static final class Builder {

        private @Nullable RecordingSource recordings;
        private @Nullable AudioReader reader;
        private @Nullable PreprocessingPlan preprocessing;
        private final List<EvaluationProtocol> protocols = new ArrayList<>();
        private final List<Probe> probes = new ArrayList<>();
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
            seed = parts.seed();
            parallelism = parts.parallelism();
            cacheBytes = parts.cacheSize();
            trainingsAtATime = parts.trainingsAtATime();
            checkpoints = parts.checkpoints();
            workStore = parts.workStore();
            rerun = parts.rerun();
            listener = parts.listener();
        }

        /** Where recordings come from. */
        public Builder recordings(RecordingSource source) {
            this.recordings = source;
            return this;
        }

        /** What decodes them. */
        public Builder reader(AudioReader audioReader) {
            this.reader = audioReader;
            return this;
        }

        /** From waveforms to the network's input; what is to be fitted learns from the training side alone. */
        public Builder preprocessing(PreprocessingPlan steps) {
            this.preprocessing = steps;
            return this;
        }

        /**
         * Evaluates on the test side under this protocol too, after those before it. By default nothing is changed in
         * evaluation.
         */
        public Builder addProtocol(EvaluationProtocol protocol) {
            this.protocols.add(protocol);
            return this;
        }

        /** Looks behind the model's figures in this way too, after those before it. By default nothing is probed. */
        public Builder addProbe(Probe probe) {
            this.probes.add(probe);
            return this;
        }

        /** What makes the report that is saved with the model, beside those before it; by default there is none. */
        public Builder addReporter(RunReporter runReporter) {
            this.reporter = reporter == null ? runReporter : ReportFiles.of(reporter, runReporter);
            return this;
        }

        /** Where features that depend on no random draw are kept from run to run; by default nowhere. */
        public Builder featureCache(FeatureCache cache) {
            this.featureCache = cache;
            return this;
        }

        /** Who is trained, validated and tested on; by default 60, 20 and 20 % of the subjects. */
        public Builder split(Splitter splitter) {
            this.split = splitter;
            return this;
        }

        /**
         * Looks, before anything is trained, whether the sides of the split are apart, and refuses the run with a {@link
         * io.github.spirabr.core.audit.LeakException} if they are not. The certificate is kept with the model. By default
         * nothing is looked at but the subjects' names.
         */
        public Builder audit(SplitAudit splitAudit) {
            this.audit = splitAudit;
            return this;
        }

        /** How many unusable recordings the run bears; by default {@link RejectionPolicy#standard}. */
        public Builder rejections(RejectionPolicy policy) {
            this.rejections = policy;
            return this;
        }

        /** The network. */
        public Builder model(ModelFactory factory) {
            this.model = factory;
            return this;
        }

        /** What fits it. */
        public Builder trainer(ModelTrainer modelTrainer) {
            this.trainer = modelTrainer;
            return this;
        }

        /** How the threshold is chosen, on validation data; by default it is 0.5. */
        public Builder operatingPoint(OperatingPoint point) {
            this.operatingPoint = point;
            return this;
        }

        /** Whether probabilities are calibrated by a temperature that is fitted on validation data; by default not. */
        public Builder calibrate(boolean wanted) {
            this.calibrate = wanted;
            return this;
        }

        /** How windows' probabilities become a recording's, in validation, test and prediction; by default their mean. */
        public Builder aggregation(Aggregation of) {
            this.aggregation = of;
            return this;
        }

        /**
         * How the band around the threshold in which nothing is decided is chosen, on validation data; by default there is
         * none.
         */
        public Builder abstention(Abstention choice) {
            this.abstention = choice;
            return this;
        }

        /** From which levels on the model warns of a recording or gives no answer; by default {@link QualityLimits#standard}. */
        public Builder qualityLimits(QualityLimits limits) {
            this.qualityLimits = limits;
            return this;
        }

        /** Where the trained model is saved. */
        public Builder models(ModelRepository repository) {
            this.models = repository;
            return this;
        }

        /**
         * Under which name it is saved; by default {@code spira}.
         *
         * @throws IllegalArgumentException if the name is none, see {@link ModelVersion}
         */
        public Builder modelName(String name) {
            this.modelName = ModelVersion.requireName(name);
            return this;
        }

        /** What all random draws derive from; by default 0. */
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

        /** Shares threads, and the cache unless its size is set, between trainings that run at the same time. */
        Builder sharedBy(int trainings) {
            this.trainingsAtATime = trainings;
            return this;
        }

        /**
         * Where training keeps its checkpoints, and takes up a run that was broken off; cleared when the model
         * is saved, or with a work store when the training is over. By default there are none, or those of the work store.
         */
        public Builder checkpoints(CheckpointStore store) {
            this.checkpoints = store;
            return this;
        }

        /**
         * Where stages leave what comes after them, so that each is done once and may be done on a machine of its own:
         * outcomes under names such as {@code train-HASH}, checkpoints of trainings among them unless {@link #checkpoints}
         * are set; features as prepared data sets. By default nowhere.
         *
         * @param outcomes not the repository that models are published in
         */
        public Builder workStore(ModelRepository outcomes, PreparedDatasetRepository features) {
            this.workStore = new WorkStore(outcomes, features);
            return this;
        }

        /** Whether stages that were done are done once more; by default not. */
        public Builder rerun(boolean enabled) {
            this.rerun = enabled;
            return this;
        }

        /** Who hears of the progress. */
        public Builder listener(PipelineListener pipelineListener) {
            this.listener = pipelineListener;
            return this;
        }

        /**
         * The pipeline.
         *
         * @throws MissingPartsException if parts are missing; it names all of them
         * @throws io.github.spirabr.core.preprocessing.PreprocessingException if an evaluation protocol mixes in what
         *     training hears
         */
        public TrainingPipeline build() {
            MissingPartsException.check("TrainingPipeline")
                    .part("recordings", "recordings", recordings).part("a reader", "reader", reader)
                    .part("a preprocessing", "preprocessing", preprocessing).part("a model", "model", model)
                    .part("a trainer", "trainer", trainer).part("a model repository", "models", models).done();
            for (EvaluationProtocol protocol : protocols) {
                protocol.refuseMaterialOf(preprocessing.augmentations());
            }
            for (Probe probe : probes) {
                probe.protocols().forEach(protocol -> protocol.refuseMaterialOf(preprocessing.augmentations()));
            }
            return new TrainingPipeline(new PipelineParts(
                    recordings, reader, preprocessing, List.copyOf(protocols), List.copyOf(probes), reporter,
                    featureCache, split, audit, rejections, model, trainer, operatingPoint, calibrate, aggregation, abstention,
                    qualityLimits, models, modelName, seed, parallelism,
                    cacheBytes, trainingsAtATime, checkpoints, workStore, rerun, listener));
        }
    }
}
