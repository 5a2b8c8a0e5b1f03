package io.github.spirabr.core.pipeline;

import io.github.spirabr.core.audio.AudioReader;
import io.github.spirabr.core.dataset.Dataset;
import io.github.spirabr.core.dataset.DatasetSplit;
import io.github.spirabr.core.dataset.EvaluationSet;
import io.github.spirabr.core.dataset.RecordingSource;
import io.github.spirabr.core.dataset.Splitter;
import io.github.spirabr.core.dataset.SubjectSplit;
import io.github.spirabr.core.evaluation.Abstention;
import io.github.spirabr.core.evaluation.DecisionRule;
import io.github.spirabr.core.evaluation.Evaluation;
import io.github.spirabr.core.evaluation.Evaluator;
import io.github.spirabr.core.evaluation.OperatingPoint;
import io.github.spirabr.core.evaluation.ProbeResult;
import io.github.spirabr.core.preprocessing.EvaluationProtocol;
import io.github.spirabr.core.preprocessing.FeatureCache;
import io.github.spirabr.core.preprocessing.Preprocessing;
import io.github.spirabr.core.preprocessing.PreprocessingPlan;
import io.github.spirabr.core.preprocessing.TrainingLengths;
import io.github.spirabr.core.random.RandomStreams;
import io.github.spirabr.core.recording.Recording;
import io.github.spirabr.core.registry.ModelArtifact;
import io.github.spirabr.core.registry.ModelRepository;
import io.github.spirabr.core.registry.ModelVersion;
import io.github.spirabr.core.training.Aggregation;
import io.github.spirabr.core.training.CheckpointStore;
import io.github.spirabr.core.training.EvaluationData;
import io.github.spirabr.core.training.ModelFactory;
import io.github.spirabr.core.training.ModelTrainer;
import io.github.spirabr.core.training.TrainedModel;
import io.github.spirabr.core.training.TrainingContext;
import io.github.spirabr.core.training.TrainingResult;
import io.github.spirabr.core.training.UntrainedModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * From recordings to a saved, evaluated model: load, split by subject, read and extract, train, choose
 * the best epoch by the validation side, evaluate on the test side, save. Immutable; each {@link #run}
 * is a run of its own. The same parts, recordings and seed give the same model, byte for byte, on any
 * number of threads.
 */
public final class TrainingPipeline {

    private static final String LIBRARY =
            Objects.requireNonNullElse(TrainingPipeline.class.getPackage().getImplementationVersion(), "");

    private final Assembly parts;

    private TrainingPipeline(Assembly parts) {
        this.parts = parts;
    }

    /** A pipeline without parts. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Runs all steps.
     *
     * @return what came out; the model is saved
     * @throws io.github.spirabr.core.SpiraException if the recordings, the training or the repository
     *     fail; then nothing is saved
     * @throws IllegalArgumentException if the parts do not fit each other
     */
    public TrainingRun run() {
        RandomStreams random = new RandomStreams(parts.seed);
        PipelineListener listener = parts.listener;
        Dataset dataset = parts.recordings.load();
        listener.onPipeline(new PipelineEvent.Loaded(dataset));
        DatasetSplit split = dataset.split(parts.split, parts.seed);
        listener.onPipeline(new PipelineEvent.Split(split));
        if (parts.preprocessing instanceof Preprocessing fitted) {
            // Parts that do not fit each other show here, before any audio is read.
            untrained(fitted, random);
        }
        try (WorkThreads threads = new WorkThreads(parts.threads)) {
            Run run = run(split, random, threads);
            MemoryBudget budget = new MemoryBudget(parts.cacheBytes);
            Waveforms waveforms = new Waveforms(parts.reader, budget);
            int total = visits(split);
            Preparation preparation = new Preparation(
                    threads, done -> listener.onPipeline(new PipelineEvent.Prepared(done, total)));
            Preprocessing preprocessing = fit(split, waveforms, preparation, dataset.name());
            UntrainedModel untrained = untrained(preprocessing, random);
            StoredFeatures stored = parts.featureCache == null
                    ? null : new StoredFeatures(parts.featureCache, parts.reader, preprocessing);
            FeatureWorks works = new FeatureWorks(threads, waveforms, preprocessing, random, budget, stored);
            works.prepare(split, preparation);
            List<RejectedRecording> rejected = preparation.rejected(dataset.name());
            parts.rejections.check(dataset.name(), dataset.recordings(), rejected);
            if (rejected.isEmpty()) {
                return train(untrained, preprocessing, works, waveforms, split, rejected, run);
            }
            listener.onPipeline(new PipelineEvent.Rejected(rejected));
            Set<String> ids = rejected.stream().map(one -> one.recording().id()).collect(Collectors.toSet());
            return train(untrained, preprocessing, works, waveforms,
                    split.without(dataset.name(), ids), rejected, run);
        }
    }

    /**
     * The newest saved version that {@link #run} would only make again, byte for byte: of the same parts, recordings, seed
     * and library. Reads the recordings' bytes, but decodes none.
     *
     * @return empty if there is none
     * @throws io.github.spirabr.core.SpiraException if the recordings or the repository fail
     */
    public Optional<ModelVersion> findDone() {
        List<ModelVersion> versions = parts.models.versions(parts.modelName);
        if (versions.isEmpty()) {
            return Optional.empty();
        }
        String identity;
        try (WorkThreads threads = new WorkThreads(parts.threads)) {
            DatasetSplit split = parts.recordings.load().split(parts.split, parts.seed);
            identity = run(split, new RandomStreams(parts.seed), threads).identity;
        }
        for (int i = versions.size() - 1; i >= 0; i--) {
            if (ArtifactFiles.identity(parts.models.load(versions.get(i))).equals(Optional.of(identity))) {
                return Optional.of(versions.get(i));
            }
        }
        return Optional.empty();
    }

    private UntrainedModel untrained(Preprocessing preprocessing, RandomStreams random) {
        UntrainedModel untrained = parts.model.create(preprocessing.inputShape(parts.reader.sampleRate()), random);
        if (preprocessing.windowing().lengthsVary() && !untrained.takesLongerWindows()) {
            throw new IllegalArgumentException("the windows of " + preprocessing.windowing().description().type()
                    + " are of several lengths, but the network " + parts.model.description().type()
                    + " takes one length only; choose a network that averages over time, or windows of one length");
        }
        return untrained;
    }

    private int visits(DatasetSplit split) {
        int training = split.training().recordings().size();
        return (parts.preprocessing.needsFitting() ? 2 : 1) * training
                + split.validation().recordings().size()
                + split.test().recordings().size();
    }

    /** Learns from the training side alone. */
    private Preprocessing fit(DatasetSplit split, Waveforms waveforms, Preparation preparation, String dataset) {
        if (parts.preprocessing instanceof Preprocessing fitted) {
            return fitted;
        }
        int[] lengths = preparation
                .visit(split.training().recordings(),
                        one -> parts.preprocessing.transform(waveforms.keep(one)).length())
                .stream()
                .mapToInt(Integer::intValue)
                .toArray();
        if (lengths.length == 0) {
            parts.rejections.check(
                    dataset, split.training().recordings(), preparation.rejected(dataset));
            throw new PipelineException(dataset + ": no training recording can be read, so that there is nothing to learn "
                    + "the windows' length from");
        }
        return parts.preprocessing.fit(TrainingLengths.of(lengths, parts.reader.sampleRate()));
    }

    private TrainingRun train(
            UntrainedModel untrained,
            Preprocessing preprocessing,
            FeatureWorks works,
            Waveforms waveforms,
            DatasetSplit split,
            List<RejectedRecording> rejected,
            Run run) {
        EvaluationData validation = works.evaluation(split.validation());
        TrainingContext context = new TrainingContext(
                run.random, parts.listener, Optional.ofNullable(parts.checkpoints),
                identity(untrained, preprocessing, split, run.contents), parts.aggregation);
        TrainingResult result =
                parts.trainer.train(untrained, works.training(split.training()), validation, context);
        try (var model = result.model()) {
            Evaluation answers = answers(model, validation);
            DecisionRule decision = DecisionRule.choose(
                    answers, parts.aggregation, parts.calibrate, parts.operatingPoint, parts.abstention);
            Evaluation onValidation = decision.apply(answers);
            Evaluation onTest = decision.apply(answers(model, works.evaluation(split.test())));
            TestFigures figures = TestFigures.of(onTest, split.test().recordings(), decision, run.random);
            parts.listener.onPipeline(new PipelineEvent.Evaluated(onTest));
            List<ProtocolEvaluation> underProtocols = underProtocols(model, works, split.test(), decision);
            List<ProbeResult> probes = probes(new ProbeWork(
                    model, works, waveforms, run.threads, split, decision, onTest, run.random));
            ModelRecipe recipe = new ModelRecipe(
                    parts.reader, preprocessing.transforms(), preprocessing.windowing(), preprocessing.extractor(),
                    parts.model, model.input(), decision);
            SortedMap<String, String> trainingSettings =
                    TrainingSettings.of(parts.trainer, preprocessing, parts.protocols, parts.probes);
            SortedMap<String, String> settings = recipe.describe();
            settings.putAll(trainingSettings);
            RunFindings findings = new RunFindings(
                    parts.modelName, run.identity, run.contents.fingerprint(recordings(split)), LIBRARY, parts.seed,
                    settings, split, rejected, result.epochs(), result.bestEpoch(), parts.operatingPoint,
                    parts.abstention, decision, onValidation, onTest, figures.byRecording(), figures.bySubject(),
                    figures.decided(), figures.groups(), underProtocols, probes);
            ModelArtifact artifact = ModelArtifact.of(ArtifactFiles.of(
                    recipe, model.state(), Provenance.describe(findings, trainingSettings),
                    works.inputStatistics(split), report(findings)));
            ModelVersion version = parts.models.save(parts.modelName, artifact);
            String location = parts.models.location(version);
            parts.listener.onPipeline(new PipelineEvent.Saved(version, location));
            if (parts.checkpoints != null) {
                parts.checkpoints.clear();
            }
            return new TrainingRun(findings, version, location);
        }
    }

    private List<ProbeResult> probes(ProbedModel model) {
        List<ProbeResult> results = new ArrayList<>();
        for (Probe probe : parts.probes) {
            ProbeResult result = probe.examine(model);
            parts.listener.onPipeline(new PipelineEvent.Probed(result));
            results.add(result);
        }
        return results;
    }

    private Map<String, byte[]> report(RunFindings findings) {
        return parts.reporter == null ? Map.of() : parts.reporter.report(findings);
    }

    private static List<Recording> recordings(DatasetSplit split) {
        return Stream.of(split.training().recordings(), split.validation().recordings(), split.test().recordings())
                .flatMap(List::stream)
                .toList();
    }

    private static Evaluation answers(TrainedModel model, EvaluationData data) {
        return Evaluator.evaluate(model, data, Evaluator.DEFAULT_THRESHOLD);
    }

    private List<ProtocolEvaluation> underProtocols(
            TrainedModel model, FeatureWorks works, EvaluationSet test, DecisionRule decision) {
        List<ProtocolEvaluation> evaluations = new ArrayList<>();
        for (EvaluationProtocol protocol : parts.protocols) {
            Evaluation evaluation = decision.apply(answers(model, works.evaluation(test, protocol::apply)));
            ProtocolEvaluation one =
                    new ProtocolEvaluation(protocol.description().type(), protocol.disclosure(), evaluation);
            parts.listener.onPipeline(new PipelineEvent.EvaluatedUnderProtocol(one));
            evaluations.add(one);
        }
        return evaluations;
    }

    /** Only checkpoints need it. */
    private String identity(
            UntrainedModel untrained, Preprocessing preprocessing, DatasetSplit split, RecordingContents contents) {
        if (parts.checkpoints == null) {
            return "";
        }
        return new TrainingIdentity(parts.seed)
                .parts(List.of(parts.reader, parts.model, parts.trainer))
                .parts(List.of(parts.aggregation))
                .input(untrained.input())
                .preprocessing(preprocessing)
                .recordings(List.of(split.training().recordings(), split.validation().recordings()), contents)
                .hash();
    }

    /** Its identity is that of all that it depends on: parts, recordings of every side, seed and library. */
    private Run run(DatasetSplit split, RandomStreams random, WorkThreads threads) {
        RecordingContents contents = RecordingContents.of(recordings(split), threads);
        List<List<Recording>> readable = Stream.of(
                        split.training().recordings(), split.validation().recordings(), split.test().recordings())
                .map(side -> side.stream().filter(contents::has).toList())
                .toList();
        String identity = new TrainingIdentity(parts.seed)
                .value("library " + LIBRARY)
                .parts(List.of(parts.reader, parts.model, parts.trainer))
                .plan(parts.preprocessing)
                .parts(parts.protocols)
                .parts(parts.probes)
                .value(parts.rejections)
                .value(parts.operatingPoint)
                .value(parts.calibrate)
                .parts(List.of(parts.aggregation))
                .value(parts.abstention)
                .recordings(readable, contents)
                .hash();
        return new Run(random, threads, contents, identity);
    }

    /** What belongs to one run. */
    private record Run(RandomStreams random, WorkThreads threads, RecordingContents contents, String identity) {}

    private record Assembly(
            RecordingSource recordings,
            AudioReader reader,
            PreprocessingPlan preprocessing,
            List<EvaluationProtocol> protocols,
            List<Probe> probes,
            @Nullable RunReporter reporter,
            @Nullable FeatureCache featureCache,
            Splitter split,
            RejectionPolicy rejections,
            ModelFactory model,
            ModelTrainer trainer,
            OperatingPoint operatingPoint,
            boolean calibrate,
            Aggregation aggregation,
            Abstention abstention,
            ModelRepository models,
            String modelName,
            long seed,
            int threads,
            long cacheBytes,
            @Nullable CheckpointStore checkpoints,
            PipelineListener listener) {}

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
        private RejectionPolicy rejections = RejectionPolicy.standard();
        private OperatingPoint operatingPoint = OperatingPoint.fixed(Evaluator.DEFAULT_THRESHOLD);
        private boolean calibrate;
        private Aggregation aggregation = Aggregation.mean();
        private Abstention abstention = Abstention.NONE;
        private String modelName = "spira";
        private long seed = 0;
        private int threads = Runtime.getRuntime().availableProcessors();
        private long cacheBytes = Runtime.getRuntime().maxMemory() / 4;
        private @Nullable CheckpointStore checkpoints;
        private PipelineListener listener = new PipelineListener() {};

        private Builder() {}

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
        public Builder evaluateUnder(EvaluationProtocol protocol) {
            this.protocols.add(protocol);
            return this;
        }

        /** Looks behind the model's figures in this way too, after those before it. By default nothing is probed. */
        public Builder probe(Probe probe) {
            this.probes.add(probe);
            return this;
        }

        /** What makes the report that is saved with the model; by default there is none. */
        public Builder reporter(RunReporter runReporter) {
            this.reporter = runReporter;
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

        /** How many threads read and extract, at least 1; by default one for each processor. */
        public Builder threads(int count) {
            if (count < 1) {
                throw new IllegalArgumentException("the number of threads must be at least 1, but was " + count);
            }
            this.threads = count;
            return this;
        }

        /** How much decoded audio and features are kept in memory, 0 for none; by default a quarter of the heap. */
        public Builder cacheBytes(long bytes) {
            if (bytes < 0) {
                throw new IllegalArgumentException("the cache must have 0 bytes or more, but was " + bytes);
            }
            this.cacheBytes = bytes;
            return this;
        }

        /**
         * Where training keeps its checkpoints, and takes up a run that was broken off; cleared when the model
         * is saved. By default there are none.
         */
        public Builder checkpoints(CheckpointStore store) {
            this.checkpoints = store;
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
         * @throws PipelineException if parts are missing; it names all of them
         * @throws io.github.spirabr.core.preprocessing.PreprocessingException if an evaluation protocol mixes in what
         *     training hears
         */
        public TrainingPipeline build() {
            if (recordings == null || reader == null || preprocessing == null || model == null || trainer == null
                    || models == null) {
                throw new PipelineException("the pipeline lacks " + String.join(", ", missing())
                        + "; set each by the builder's method of that name");
            }
            for (EvaluationProtocol protocol : protocols) {
                protocol.refuseMaterialOf(preprocessing.augmentations());
            }
            for (Probe probe : probes) {
                probe.protocols().forEach(protocol -> protocol.refuseMaterialOf(preprocessing.augmentations()));
            }
            return new TrainingPipeline(new Assembly(
                    recordings, reader, preprocessing, List.copyOf(protocols), List.copyOf(probes), reporter, featureCache, split, rejections, model,
                    trainer, operatingPoint, calibrate, aggregation, abstention, models, modelName, seed, threads,
                    cacheBytes, checkpoints, listener));
        }

        private List<String> missing() {
            Map<String, @Nullable Object> parts = new LinkedHashMap<>();
            parts.put("recordings", recordings);
            parts.put("reader", reader);
            parts.put("preprocessing", preprocessing);
            parts.put("model", model);
            parts.put("trainer", trainer);
            parts.put("models", models);
            return parts.entrySet().stream().filter(part -> part.getValue() == null).map(Map.Entry::getKey).toList();
        }
    }
}
