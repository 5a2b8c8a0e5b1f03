package io.github.spirabr.core.pipeline;

import io.github.spirabr.core.audit.AuditResult;
import io.github.spirabr.core.audit.SplitAudit;
import io.github.spirabr.core.audit.SplitCertificate;
import io.github.spirabr.core.dataset.Dataset;
import io.github.spirabr.core.dataset.DatasetSplit;
import io.github.spirabr.core.dataset.EvaluationSet;
import io.github.spirabr.core.dataset.Side;
import io.github.spirabr.core.evaluation.DecisionRule;
import io.github.spirabr.core.evaluation.Evaluation;
import io.github.spirabr.core.evaluation.Evaluator;
import io.github.spirabr.core.evaluation.ProbeResult;
import io.github.spirabr.core.preprocessing.EvaluationProtocol;
import io.github.spirabr.core.preprocessing.Preprocessing;
import io.github.spirabr.core.quality.InputStatistics;
import io.github.spirabr.core.random.RandomStreams;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import io.github.spirabr.core.registry.ModelArtifact;
import io.github.spirabr.core.registry.ModelVersion;
import io.github.spirabr.core.training.CheckpointStore;
import io.github.spirabr.core.training.EvaluationData;
import io.github.spirabr.core.training.TrainedModel;
import io.github.spirabr.core.training.TrainingContext;
import io.github.spirabr.core.training.TrainingListener;
import io.github.spirabr.core.training.TrainingResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One run of some stages or all. Used by one thread, and closed by it. */
final class PipelineRun implements AutoCloseable {

    private static final String INPUTS = "inputs";
    private static final String AUDIT = "audit";

    private final PipelineParts parts;
    private final Set<Stage> wanted;
    private final RandomStreams random;
    private final Dataset dataset;
    private final DatasetSplit split;
    private final WorkThreads threads;
    private final RecordingContents contents;
    private final StageIdentities identities;
    private final MemoryBudget budget;
    private final Waveforms waveforms;
    private final RunLog log;
    private final PipelineListener listener;
    private @Nullable PreparedSides sides;
    private @Nullable FeatureWorks works;

    /** What the stages after the first go on from. */
    private record Prepared(
            FeatureOutcome outcome,
            Preprocessing preprocessing,
            DatasetSplit usable,
            Optional<SplitCertificate> certificate,
            FeatureWorks works) {}

    /**
     * Lists, splits and identifies recordings; decodes none.
     *
     * @param wanted stages that may do their work; what others left is to be found in the work store
     */
    PipelineRun(PipelineParts parts, Set<Stage> wanted) {
        this.parts = parts;
        this.wanted = wanted;
        this.random = new RandomStreams(parts.seed());
        this.dataset = parts.recordings().load();
        parts.listener().onPipeline(new PipelineEvent.Loaded(dataset));
        this.split = dataset.split(parts.split(), parts.seed());
        parts.listener().onPipeline(new PipelineEvent.Split(split));
        this.threads = new WorkThreads(parts.threads());
        try {
            this.contents = RecordingContents.of(recordings(split), threads);
        } catch (RuntimeException e) {
            threads.close();
            throw e;
        }
        this.identities = new StageIdentities(parts, contents);
        this.budget = new MemoryBudget(parts.cacheBytes());
        this.waveforms = new Waveforms(parts.reader(), budget);
        this.log = new RunLog(identities.run(split), wanted.isEmpty());
        this.listener = log.before(parts.listener());
        log.started(dataset, split, wanted);
    }

    /** The newest saved version of this run. */
    Optional<ModelVersion> published() {
        List<ModelVersion> versions = parts.models().versions(parts.modelName());
        Optional<String> identity = Optional.of(identities.run(split));
        for (int i = versions.size() - 1; i >= 0; i--) {
            if (ArtifactFiles.identity(parts.models().load(versions.get(i))).equals(identity)) {
                return Optional.of(versions.get(i));
            }
        }
        return Optional.empty();
    }

    PreparedFeatures prepareFeatures() {
        Prepared prepared = prepared();
        log.done();
        return new PreparedFeatures(
                prepared.usable, prepared.outcome.rejected(), sides == null ? Map.of() : sides.names());
    }

    TrainedNetwork train() {
        TrainingOutcome training = training(prepared());
        log.done();
        return new TrainedNetwork(training.epochs(), training.bestEpoch(), training.validation());
    }

    RunFindings evaluate() {
        Prepared prepared = prepared();
        TrainingOutcome training = training(prepared);
        RunFindings findings = findings(prepared, training, evaluation(prepared, training));
        log.done();
        return findings;
    }

    TrainingRun publish() {
        Prepared prepared = prepared();
        TrainingOutcome training = training(prepared);
        EvaluationOutcome evaluation = evaluation(prepared, training);
        RunFindings findings = findings(prepared, training, evaluation);
        if (parts.work() != null && !parts.again()) {
            Optional<ModelVersion> published = published();
            if (published.isPresent()) {
                String location = parts.models().location(published.get());
                tell(new PipelineEvent.StageSkipped(Stage.PUBLISH, location));
                log.done();
                return new TrainingRun(findings, published.get(), location);
            }
        }
        started(Stage.PUBLISH);
        ModelArtifact artifact = ModelArtifact.of(ArtifactFiles.of(
                recipe(prepared, evaluation), training.network(),
                Provenance.describe(findings, trainingSettings(prepared)), parts.qualityLimits(),
                prepared.outcome.inputs(), prepared.certificate, report(findings)));
        ModelVersion version = parts.models().save(parts.modelName(), artifact);
        String location = parts.models().location(version);
        tell(new PipelineEvent.Saved(version, location));
        if (parts.work() == null && parts.checkpoints() != null) {
            parts.checkpoints().clear();
        }
        log.done();
        return new TrainingRun(findings, version, location);
    }

    /** What a stage left, or what it now makes. */
    private <T> T outcome(
            Stage stage,
            String identity,
            Function<ModelArtifact, Optional<T>> read,
            Supplier<T> make,
            Function<T, Map<String, byte[]>> files) {
        WorkStore work = parts.work();
        if (work == null) {
            return make.get();
        }
        boolean mayRun = wanted.contains(stage);
        Optional<ModelVersion> version =
                mayRun && parts.again() ? Optional.empty() : work.find(stage, identity);
        Optional<T> found = version.flatMap(one -> read.apply(work.load(one)));
        if (found.isPresent()) {
            if (mayRun) {
                tell(new PipelineEvent.StageSkipped(stage, work.location(version.get())));
            }
            return found.get();
        }
        if (!mayRun) {
            throw missing(stage);
        }
        started(stage);
        T made = make.get();
        tell(new PipelineEvent.StageCompleted(stage, work.location(work.save(stage, identity, files.apply(made)))));
        return made;
    }

    private static PipelineException missing(Stage stage) {
        return new PipelineException("what stage " + stage + " leaves for those after it is not in the work store for these"
                + " settings and recordings; run stage " + stage + " first");
    }

    private void started(Stage stage) {
        if (parts.work() != null) {
            tell(new PipelineEvent.StageStarted(stage));
        }
    }

    private Prepared prepared() {
        Optional<AuditResult> audit = Optional.ofNullable(parts.audit()).map(this::audited);
        FeatureOutcome outcome = outcome(
                Stage.FEATURES, identities.features(split), this::found, this::visitAll, FeatureOutcome::files);
        Preprocessing preprocessing = outcome.fitted(parts.preprocessing(), parts.reader().sampleRate());
        FeatureWorks features = works(preprocessing);
        if (sides != null) {
            sides.open();
        }
        if (!outcome.rejected().isEmpty()) {
            tell(new PipelineEvent.Rejected(outcome.rejected()));
        }
        DatasetSplit usable = without(outcome.rejected());
        Optional<SplitCertificate> certificate = audit.map(one -> SplitCertificate.of(
                usable, SplitAuditing.name(parts.split()), parts.seed(), one,
                Objects.requireNonNull(parts.audit()).groupColumns()));
        certificate.ifPresent(one -> tell(new PipelineEvent.Certified(one)));
        return new Prepared(outcome, preprocessing, usable, certificate, features);
    }

    /** What an earlier run has found of the same sides, or what is found now. */
    private AuditResult audited(SplitAudit audit) {
        SplitAuditing auditing = new SplitAuditing(
                audit, parts, threads, waveforms, (done, total) -> tell(new PipelineEvent.Compared(done, total)));
        WorkStore work = parts.work();
        if (work == null) {
            return auditing.search(dataset.name(), split);
        }
        String identity = identities.audit(audit, split);
        boolean mayRun = wanted.contains(Stage.FEATURES);
        Optional<AuditResult> known = mayRun && parts.again() ? Optional.empty()
                : work.find(AUDIT, identity).flatMap(version -> SplitAuditing.read(work.load(version)));
        if (known.isPresent()) {
            return known.get();
        }
        if (!mayRun) {
            throw missing(Stage.FEATURES);
        }
        AuditResult found = auditing.search(dataset.name(), split);
        work.save(AUDIT, identity, SplitAuditing.files(found));
        return found;
    }

    /** Whoever is to make features makes those that are gone, and tries again what could not be reached. */
    private Optional<FeatureOutcome> found(ModelArtifact artifact) {
        FeatureOutcome outcome = FeatureOutcome.read(artifact, dataset.recordings());
        if (!wanted.contains(Stage.FEATURES)) {
            return Optional.of(outcome);
        }
        works(outcome.fitted(parts.preprocessing(), parts.reader().sampleRate()));
        return outcome.unreachable() || sides != null && !sides.areThere() ? Optional.empty() : Optional.of(outcome);
    }

    private FeatureOutcome visitAll() {
        int training = split.training().recordings().size();
        int total = (parts.preprocessing().needsFitting() ? training : 0) + recordings(split).size();
        Preparation preparation = new Preparation(
                threads, done -> tell(new PipelineEvent.Prepared(done, total)));
        List<Integer> lengths = lengths(preparation);
        Preprocessing preprocessing =
                FeatureOutcome.fitted(parts.preprocessing(), lengths, parts.reader().sampleRate());
        // Parts that do not fit each other show here, before any audio is decoded that need not be.
        parts.untrained(preprocessing);
        FeatureWorks features = works(preprocessing);
        if (sides != null && parts.again()) {
            sides.delete();
        }
        features.prepare(split, preparation);
        List<RejectedRecording> rejected = preparation.rejected(dataset.name());
        parts.rejections().check(dataset.name(), dataset.recordings(), rejected);
        return new FeatureOutcome(lengths, rejected, inputs(preprocessing, features, without(rejected)));
    }

    /** These hang on two sides alone, so that those of an earlier run may be there. */
    private InputStatistics inputs(Preprocessing preprocessing, FeatureWorks features, DatasetSplit usable) {
        WorkStore work = parts.work();
        if (work == null) {
            return features.inputStatistics(usable);
        }
        String identity = identities.inputs(preprocessing, usable);
        Optional<ModelVersion> known = parts.again() ? Optional.empty() : work.find(INPUTS, identity);
        if (known.isPresent()) {
            return FeatureOutcome.inputs(work.load(known.get()));
        }
        InputStatistics inputs = features.inputStatistics(usable);
        work.save(INPUTS, identity, FeatureOutcome.files(inputs));
        return inputs;
    }

    private DatasetSplit without(List<RejectedRecording> rejected) {
        if (rejected.isEmpty()) {
            return split;
        }
        Set<String> ids = rejected.stream().map(one -> one.recording().id()).collect(Collectors.toSet());
        return split.without(dataset.name(), ids);
    }

    /** Of the training side alone. */
    private List<Integer> lengths(Preparation preparation) {
        if (!parts.preprocessing().needsFitting()) {
            return List.of();
        }
        List<Integer> lengths = preparation.visit(split.training().recordings(),
                one -> parts.preprocessing().transform(waveforms.keep(one)).length());
        if (lengths.isEmpty()) {
            parts.rejections().check(
                    dataset.name(), split.training().recordings(), preparation.rejected(dataset.name()));
            throw new PipelineException(dataset.name() + ": no training recording can be read, so that there is nothing to"
                    + " learn the windows' length from");
        }
        return lengths;
    }

    private FeatureWorks works(Preprocessing preprocessing) {
        if (works == null) {
            StoredFeatures stored = parts.featureCache() == null
                    ? null : new StoredFeatures(parts.featureCache(), parts.reader(), preprocessing);
            sides = parts.work() == null ? null : sides(parts.work(), preprocessing);
            works = new FeatureWorks(threads, waveforms, preprocessing, random, budget, stored, sides);
        }
        return works;
    }

    private PreparedSides sides(WorkStore work, Preprocessing preprocessing) {
        PreparedSides named = new PreparedSides(work.features());
        if (!preprocessing.augmentsWaveforms()) {
            named.add(Side.TRAINING, identities.features(preprocessing, split.training().recordings()));
        }
        named.add(Side.VALIDATION, identities.features(preprocessing, split.validation().recordings()));
        named.add(Side.TEST, identities.features(preprocessing, split.test().recordings()));
        return named;
    }

    private TrainingOutcome training(Prepared prepared) {
        String identity = parts.work() == null && parts.checkpoints() == null ? "" : trainIdentity(prepared);
        Optional<CheckpointStore> checkpoints = checkpoints(identity);
        boolean[] learned = {false};
        TrainingOutcome training =
                outcome(Stage.TRAIN, identity, artifact -> Optional.of(TrainingOutcome.read(artifact)), () -> {
                    learned[0] = true;
                    return learn(prepared, new TrainingContext(
                            random, listener, checkpoints, identity, parts.aggregation()));
                }, TrainingOutcome::files);
        if (learned[0] && parts.work() != null) {
            checkpoints.ifPresent(CheckpointStore::clear);
        }
        return training;
    }

    private String trainIdentity(Prepared prepared) {
        return identities.train(
                prepared.preprocessing, prepared.preprocessing.inputShape(parts.reader().sampleRate()), prepared.usable);
    }

    private Optional<CheckpointStore> checkpoints(String identity) {
        if (parts.checkpoints() != null || parts.work() == null) {
            return Optional.ofNullable(parts.checkpoints());
        }
        return Optional.of(parts.work().checkpoints(identity));
    }

    private TrainingOutcome learn(Prepared prepared, TrainingContext context) {
        EvaluationData validation = prepared.works.evaluation(prepared.usable.validation());
        TrainingResult result = parts.trainer().train(parts.untrained(prepared.preprocessing),
                prepared.works.training(prepared.usable.training()), validation, context);
        try (TrainedModel model = result.model()) {
            return new TrainingOutcome(model.state(), result.epochs(), result.bestEpoch(), answers(model, validation));
        }
    }

    private EvaluationOutcome evaluation(Prepared prepared, TrainingOutcome training) {
        String identity = parts.work() == null ? "" : identities.evaluate(trainIdentity(prepared), prepared.usable);
        return outcome(Stage.EVALUATE, identity, artifact -> Optional.of(EvaluationOutcome.read(artifact, parts.aggregation())),
                () -> ask(prepared, training), EvaluationOutcome::files);
    }

    private EvaluationOutcome ask(Prepared prepared, TrainingOutcome training) {
        DecisionRule decision = DecisionRule.choose(training.validation(), parts.aggregation(), parts.calibrate(),
                parts.operatingPoint(), parts.abstention());
        try (TrainedModel model = parts.untrained(prepared.preprocessing).restore(training.network())) {
            Evaluation test =
                    decision.apply(answers(model, prepared.works.evaluation(prepared.usable.test())));
            TestFigures figures = TestFigures.of(test, prepared.usable.test().recordings(), decision, random);
            tell(new PipelineEvent.Evaluated(test));
            List<ProtocolEvaluation> underProtocols =
                    underProtocols(model, prepared.works, prepared.usable.test(), decision);
            List<ProbeResult> probes = probes(new ProbeWork(
                    model, prepared.works, waveforms, threads, prepared.usable, decision, test, random,
                    (labels, seed) -> testTrainedOn(prepared, labels, seed)));
            return new EvaluationOutcome(decision, test, figures, underProtocols, probes);
        }
    }

    /** Nobody hears of it, and nothing of it is kept. */
    private Evaluation testTrainedOn(Prepared prepared, Map<String, Label> labels, long seed) {
        DatasetSplit other = prepared.usable.relabelled(dataset.name(), labels);
        RandomStreams streams = new RandomStreams(seed);
        StoredFeatures stored = parts.featureCache() == null
                ? null : new StoredFeatures(parts.featureCache(), parts.reader(), prepared.preprocessing);
        // Features that are kept know their labels, so that these are kept apart.
        FeatureWorks features = new FeatureWorks(threads, waveforms, prepared.preprocessing, streams,
                new MemoryBudget(parts.cacheBytes()), stored, null);
        TrainingContext context = new TrainingContext(
                streams, new TrainingListener() { }, Optional.empty(), "", parts.aggregation());
        TrainingResult result = parts.trainer().train(parts.untrained(prepared.preprocessing, streams),
                features.training(other.training()), features.evaluation(other.validation()), context);
        try (TrainedModel model = result.model()) {
            return answers(model, prepared.works.evaluation(prepared.usable.test())).aggregated(parts.aggregation());
        }
    }

    private List<ProtocolEvaluation> underProtocols(
            TrainedModel model, FeatureWorks features, EvaluationSet test, DecisionRule decision) {
        List<ProtocolEvaluation> evaluations = new ArrayList<>();
        for (EvaluationProtocol protocol : parts.protocols()) {
            Evaluation evaluation = decision.apply(answers(model, features.evaluation(test, protocol::apply)));
            ProtocolEvaluation one =
                    new ProtocolEvaluation(protocol.description().type(), protocol.disclosure(), evaluation);
            tell(new PipelineEvent.EvaluatedUnderProtocol(one));
            evaluations.add(one);
        }
        return evaluations;
    }

    private List<ProbeResult> probes(ProbedModel model) {
        List<ProbeResult> results = new ArrayList<>();
        for (Probe probe : parts.probes()) {
            ProbeResult result = probe.examine(model);
            tell(new PipelineEvent.Probed(result));
            results.add(result);
        }
        return results;
    }

    private static Evaluation answers(TrainedModel model, EvaluationData data) {
        return Evaluator.evaluate(model, data, Evaluator.DEFAULT_THRESHOLD);
    }

    private RunFindings findings(Prepared prepared, TrainingOutcome training, EvaluationOutcome evaluation) {
        SortedMap<String, String> settings = recipe(prepared, evaluation).describe();
        settings.putAll(trainingSettings(prepared));
        TestFigures figures = evaluation.figures();
        return new RunFindings(
                parts.modelName(), identities.run(split), contents.fingerprint(recordings(prepared.usable)),
                TrainingPipeline.LIBRARY, parts.seed(), settings, prepared.usable, prepared.certificate,
                prepared.outcome.rejected(),
                training.epochs(), training.bestEpoch(), parts.operatingPoint(), parts.abstention(),
                evaluation.decision(), evaluation.decision().apply(training.validation()), evaluation.test(),
                figures.byRecording(), figures.bySubject(), figures.decided(), figures.groups(),
                evaluation.protocols(), evaluation.probes());
    }

    private ModelRecipe recipe(Prepared prepared, EvaluationOutcome evaluation) {
        Preprocessing preprocessing = prepared.preprocessing;
        return new ModelRecipe(
                parts.reader(), preprocessing.transforms(), preprocessing.windowing(), preprocessing.extractor(),
                parts.model(), preprocessing.inputShape(parts.reader().sampleRate()), evaluation.decision());
    }

    private SortedMap<String, String> trainingSettings(Prepared prepared) {
        return TrainingSettings.of(parts.trainer(), prepared.preprocessing, parts.protocols(), parts.probes());
    }

    private Map<String, byte[]> report(RunFindings findings) {
        return parts.reporter() == null ? Map.of() : parts.reporter().report(findings);
    }

    private static List<Recording> recordings(DatasetSplit split) {
        return Stream.of(split.training().recordings(), split.validation().recordings(), split.test().recordings())
                .flatMap(List::stream)
                .toList();
    }

    private void tell(PipelineEvent event) {
        listener.onPipeline(event);
    }

    @Override
    public void close() {
        log.close();
        threads.close();
        if (sides != null) {
            sides.close();
        }
    }
}
