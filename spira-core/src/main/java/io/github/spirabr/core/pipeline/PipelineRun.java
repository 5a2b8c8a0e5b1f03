package io.github.spirabr.core.pipeline;

import io.github.spirabr.core.artifact.ArtifactFiles;
import io.github.spirabr.core.artifact.ModelRecipe;
import io.github.spirabr.core.artifact.StoredProvenance;
import io.github.spirabr.core.dataset.Dataset;
import io.github.spirabr.core.dataset.DatasetSplit;
import io.github.spirabr.core.dataset.InvalidDatasetException;
import io.github.spirabr.core.dataset.TrainingSet;
import io.github.spirabr.core.internal.MemoryBudget;
import io.github.spirabr.core.internal.Parts;
import io.github.spirabr.core.internal.WorkThreads;
import io.github.spirabr.core.model.PriorTraining;
import io.github.spirabr.core.preprocessing.Preprocessing;
import io.github.spirabr.core.random.RandomStreams;
import io.github.spirabr.core.registry.ModelArtifact;
import io.github.spirabr.core.registry.ModelVersion;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** One run of some stages or all: one after the other, and the last of them, which publishes. Used by one thread. */
final class PipelineRun implements AutoCloseable {

    private final PipelineParts parts;
    private final DatasetSplit split;
    private final AmbientRecordings ambient;
    private final WorkThreads threads;
    private final RecordingContents contents;
    private final StageIdentities identities;
    private final RunLog log;
    private final RunContext run;
    private final FeatureStage features;
    private final TrainStage training;
    private final EvaluateStage evaluating;

    /**
     * Lists, splits and identifies recordings; decodes none but rooms that are noise of augmentations.
     *
     * @param wanted stages that may run; the outcomes of the others must be in the work store
     */
    PipelineRun(PipelineParts given, Set<Stage> wanted) {
        given.requireWritable(wanted);
        Dataset loaded = given.recordings().load();
        given.listener().onPipeline(new PipelineEvent.Loaded(loaded));
        List<String> faults = loaded.labelFaults(given.labelsBySession());
        if (!faults.isEmpty()) {
            throw new InvalidDatasetException(loaded.name(), faults);
        }
        Dataset dataset = loaded.withoutAmbient();
        this.split = dataset.split(given.split(), given.seed());
        given.listener().onPipeline(new PipelineEvent.Split(split));
        this.ambient = AmbientRecordings.of(loaded.ambient(), split);
        this.parts = ambient.in(given);
        this.threads = new WorkThreads(parts.threads(), "spira-features");
        try {
            this.contents = RecordingContents.of(
                    Stream.concat(RunContext.recordings(split).stream(), ambient.all().stream()).toList(), threads);
        } catch (RuntimeException e) {
            threads.close();
            throw e;
        }
        this.identities = new StageIdentities(parts, contents, ambient);
        this.log = new RunLog(identities.run(split), wanted.isEmpty());
        PipelineListener listener = log.before(parts.listener());
        MemoryBudget budget = new MemoryBudget(parts.cacheBytes());
        this.run = new RunContext(parts, dataset, split, ambient, new RandomStreams(parts.seed()), threads, identities, budget,
                new Waveforms(parts.reader(), budget), new StageOutcomes(parts, wanted, listener), listener);
        this.features = new FeatureStage(run, ambient.audited(given, parts));
        this.training = new TrainStage(run);
        this.evaluating = new EvaluateStage(run);
        log.started(loaded, split, wanted);
    }

    /** Finds the newest saved version of this run. */
    Optional<ModelVersion> published() {
        return published(new HashSet<>());
    }

    /**
     * Finds the newest saved version of this run.
     *
     * @param different receives the newer versions, which are of other runs
     */
    private Optional<ModelVersion> published(Set<ModelVersion> different) {
        List<ModelVersion> versions = parts.models().versions(parts.modelName());
        Predicate<ModelArtifact> ofThisRun = ofThisRun();
        for (int i = versions.size() - 1; i >= 0; i--) {
            if (ofThisRun.test(parts.models().load(versions.get(i)))) {
                return Optional.of(versions.get(i));
            }
            different.add(versions.get(i));
        }
        return Optional.empty();
    }

    PreparedFeatures prepareFeatures() {
        PreparedRun prepared = features.prepared();
        log.done();
        return new PreparedFeatures(prepared.usable(), prepared.outcome().rejected(), features.names());
    }

    TrainingSummary train() {
        TrainingOutcome trained = training.trained(features.prepared());
        log.done();
        return new TrainingSummary(trained.epochs(), trained.bestEpoch(), trained.validation(),
                parts.decision(trained.validation()).apply(trained.validation()));
    }

    TrainingRun evaluate() {
        PreparedRun prepared = features.prepared();
        TrainingOutcome trained = training.trained(prepared);
        TrainingRun found = findings(prepared, trained, evaluated(prepared, trained));
        log.done();
        return found;
    }

    TrainingRun publish() {
        PreparedRun prepared = features.prepared();
        TrainingOutcome trained = training.trained(prepared);
        EvaluationOutcome evaluation = evaluated(prepared, trained);
        TrainingRun found = findings(prepared, trained, evaluation);
        Set<ModelVersion> different = new HashSet<>();
        if (parts.workStore() != null && !parts.rerun()) {
            Optional<ModelVersion> published = published(different);
            if (published.isPresent()) {
                String location = parts.models().location(published.get());
                run.tell(new PipelineEvent.StageSkipped(Stage.PUBLISH, location));
                log.done();
                return found.saved(published.get(), location);
            }
        }
        run.outcomes().started(Stage.PUBLISH);
        ModelArtifact artifact = ModelArtifact.of(ArtifactFiles.of(
                recipe(prepared, evaluation), trained.network(),
                Provenance.describe(found, trainingSettings(prepared), parts.model().machineTolerance()), parts.qualityLimits(),
                prepared.outcome().inputs(), prepared.certificate(), trainedOn(prepared.usable().training()), prepared.sounds(),
                report(found)));
        ModelVersion version = save(artifact, different);
        String location = parts.models().location(version);
        run.tell(new PipelineEvent.Saved(version, location));
        if (parts.workStore() == null) {
            training.clearCheckpoints();
        }
        log.done();
        return found.saved(version, location);
    }

    /** Saves the model. Of several processes that publish one run at once, one does, and all get its version. */
    private ModelVersion save(ModelArtifact artifact, Set<ModelVersion> different) {
        return parts.workStore() == null || parts.rerun()
                ? parts.models().save(parts.modelName(), artifact)
                : parts.models().save(parts.modelName(), artifact, different, ofThisRun());
    }

    private Predicate<ModelArtifact> ofThisRun() {
        Optional<String> identity = Optional.of(identities.run(split));
        return saved -> StoredProvenance.of(saved).identity().equals(identity);
    }

    private EvaluationOutcome evaluated(PreparedRun prepared, TrainingOutcome trained) {
        return evaluating.evaluated(prepared, trained, parts.workStore() == null ? "" : training.identity(prepared));
    }

    private TrainingRun findings(PreparedRun prepared, TrainingOutcome trained, EvaluationOutcome evaluation) {
        SortedMap<String, String> settings = recipe(prepared, evaluation).describe();
        settings.putAll(trainingSettings(prepared));
        TestMetrics metrics = evaluation.metrics();
        return new TrainingRun(new RunFindings(
                parts.modelName(), identities.run(split), contents.fingerprint(RunContext.recordings(prepared.usable())),
                LibraryVersion.VALUE, parts.seed(), settings, prepared.usable(), ambient.all(), prepared.certificate(),
                prepared.outcome().rejected(),
                trained.epochs(), trained.bestEpoch(), parts.operatingPoint(), parts.abstention(),
                evaluation.decision(), evaluation.decision().apply(trained.validation()),
                evaluation.test().withMetrics(metrics.byRecording()),
                metrics.byRecording(), metrics.bySubject(), metrics.bySession(), metrics.decided(), metrics.groups(),
                evaluation.protocols(), evaluation.probes(), evaluation.effects()));
    }

    private ModelRecipe recipe(PreparedRun prepared, EvaluationOutcome evaluation) {
        Preprocessing preprocessing = prepared.preprocessing();
        return new ModelRecipe(
                parts.reader(), preprocessing.transforms(), preprocessing.windowing(), preprocessing.extractor(),
                preprocessing.featureTransforms(), parts.model(), preprocessing.inputShape(parts.reader().sampleRate()),
                evaluation.decision(), parts.target());
    }

    /**
     * Returns the training recordings of this run, with the whole file of each part, and those of the weights that it started
     * from.
     */
    private PriorTraining trainedOn(TrainingSet training) {
        List<String> recordings = training.recordings().stream().flatMap(one -> Stream.of(one, Parts.whole(one)))
                .flatMap(one -> identities.content(one).stream()).toList();
        return parts.trainer().priorTraining().map(prior -> prior.and(training.subjects(), recordings))
                .orElseGet(() -> PriorTraining.of("", training.subjects(), recordings));
    }

    private SortedMap<String, String> trainingSettings(PreparedRun prepared) {
        SortedMap<String, String> settings =
                TrainingSettings.of(parts.trainer(), prepared.preprocessing(), parts.protocols(), parts.probes());
        settings.putAll(parts.furtherProvenance());
        return settings;
    }

    private Map<String, byte[]> report(TrainingRun found) {
        return parts.reporter() == null ? Map.of() : parts.reporter().report(found);
    }

    @Override
    public void close() {
        log.close();
        threads.close();
        features.close();
    }
}
