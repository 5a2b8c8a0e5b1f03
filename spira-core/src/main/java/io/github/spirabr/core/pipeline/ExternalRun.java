package io.github.spirabr.core.pipeline;

import io.github.spirabr.core.artifact.StoredModel;
import io.github.spirabr.core.artifact.StoredProvenance;
import io.github.spirabr.core.audit.KnownSounds;
import io.github.spirabr.core.audit.SplitAudit.SoundPrint;
import io.github.spirabr.core.dataset.Dataset;
import io.github.spirabr.core.dataset.DatasetSplit;
import io.github.spirabr.core.evaluation.Abstention;
import io.github.spirabr.core.evaluation.ClinicalMetrics;
import io.github.spirabr.core.evaluation.DecisionRule;
import io.github.spirabr.core.evaluation.Evaluation;
import io.github.spirabr.core.evaluation.Evaluator;
import io.github.spirabr.core.evaluation.OperatingPoint;
import io.github.spirabr.core.internal.MemoryBudget;
import io.github.spirabr.core.internal.WorkThreads;
import io.github.spirabr.core.model.TrainedModel;
import io.github.spirabr.core.probe.ProbeResult;
import io.github.spirabr.core.quality.InputMeasures;
import io.github.spirabr.core.random.RandomStreams;
import io.github.spirabr.core.recording.Recording;
import io.github.spirabr.core.registry.ModelArtifact;
import io.github.spirabr.core.registry.ModelRepositoryException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One run of an external validation, by one thread. */
final class ExternalRun {

    private static final long CACHE_BYTES = 256L << 20;

    private final ExternalValidation parts;
    private final ModelArtifact artifact;
    private final StoredModel stored;
    private final Dataset loaded;
    private final DatasetSplit split;
    private final RandomStreams random;
    private final long seed;
    private final List<String> warnings = new ArrayList<>();
    private final Map<String, InputMeasures> measures = new HashMap<>();
    private final Map<String, SoundPrint> prints = new HashMap<>();

    ExternalRun(ExternalValidation parts) {
        this.parts = parts;
        this.artifact = parts.models().load(parts.version());
        this.stored = StoredModel.read(parts.version(), artifact, parts.components());
        this.loaded = parts.recordings().load();
        this.split = DatasetSplit.testOnly(loaded.withoutAmbient());
        // The draws of intervals and probes are those of the model's own run.
        this.seed = Long.parseLong(StoredProvenance.of(artifact).values().getOrDefault("seed", "0"));
        this.random = new RandomStreams(seed);
    }

    ExternalFindings run() {
        List<Recording> recordings = split.test().recordings();
        try (WorkThreads threads = new WorkThreads(parts.parallelism(), "spira-test");
                TrainedModel model = stored.restore(artifact, parts.parallelism())) {
            RecordingContents contents = RecordingContents.of(recordings, threads);
            SeenInTraining seen = new SeenInTraining(parts.version(), artifact, loaded.name());
            if (!parts.namesApart()) {
                seen.searchNames(split.test().subjects());
            }
            seen.searchContents(recordings, contents);
            seen.refuse();
            Optional<KnownSounds> sounds = sounds(seen);
            MemoryBudget budget = new MemoryBudget(CACHE_BYTES);
            Waveforms waveforms = new Waveforms(stored.recipe().reader(), budget);
            FeatureWorks features =
                    new FeatureWorks(threads, waveforms, stored.preprocessing(), random, budget, null, null);
            List<RejectedRecording> rejected = visit(recordings, threads, waveforms, features, sounds.isPresent());
            sounds.ifPresent(known -> seen.searchSounds(known, prints));
            seen.refuse();
            return answered(usable(rejected), rejected, model, threads, waveforms, features, contents, sounds);
        }
    }

    /** Returns the sounds of the model's training, if they can be compared. */
    private Optional<KnownSounds> sounds(SeenInTraining seen) {
        if (parts.namesApart()) {
            warnings.add("Subjects with the names of training subjects were taken for other persons, as requested.");
        }
        if (seen.isPartlyUnknown()) {
            warnings.add("Some subjects that the model's weights were trained on are not known; the metrics are too high if they "
                    + "are among those tested.");
        }
        if (seen.hasEarlierSubjects()) {
            warnings.add("The model started from the weights of another model, whose training recordings are known by their bytes "
                    + "alone: those encoded anew would not have been found.");
        }
        Optional<KnownSounds> known = artifact.has(KnownSounds.FILE) ? Optional.of(read()) : Optional.empty();
        Optional<KnownSounds> comparable = known.filter(
                sounds -> parts.audit().filter(audit -> audit.method().equals(sounds.method())).isPresent());
        if (comparable.isEmpty()) {
            warnings.add((known.isEmpty() ? "The model was stored without fingerprints of its training recordings"
                    : "The recordings were not compared with the fingerprints of the training recordings")
                    + ": of these, only files of equal bytes would have been found, and none encoded anew.");
        }
        return comparable;
    }

    private KnownSounds read() {
        try {
            return KnownSounds.read(artifact.file(KnownSounds.FILE));
        } catch (IllegalArgumentException e) {
            throw new ModelRepositoryException("the files of " + parts.version() + " must be as they were saved, but "
                    + e.getMessage() + "; restore the version from a backup", e);
        }
    }

    private record Visited(String recording, InputMeasures measures, Optional<SoundPrint> print) {}

    private List<RejectedRecording> visit(
            List<Recording> recordings, WorkThreads threads, Waveforms waveforms, FeatureWorks features, boolean printed) {
        Preparation preparation = new Preparation(threads, done -> parts.progress().visited(done, recordings.size()));
        preparation.visit(recordings, one -> {
            Optional<SoundPrint> print =
                    parts.audit().filter(audit -> printed).map(audit -> audit.print(waveforms.keep(one)));
            return new Visited(one.id(), features.visited(one), print);
        }).forEach(one -> {
            measures.put(one.recording, one.measures);
            one.print.ifPresent(print -> prints.put(one.recording, print));
        });
        List<RejectedRecording> rejected = preparation.rejected(loaded.name());
        parts.rejections().check(loaded.name(), recordings, rejected);
        return rejected;
    }

    private DatasetSplit usable(List<RejectedRecording> rejected) {
        return rejected.isEmpty() ? split : DatasetSplit.testOnly(Dataset.of(loaded.name(),
                split.test().recordings().stream().filter(one -> measures.containsKey(one.id())).toList()));
    }

    private ExternalFindings answered(
            DatasetSplit usable, List<RejectedRecording> rejected, TrainedModel model, WorkThreads threads, Waveforms waveforms,
            FeatureWorks features, RecordingContents contents, Optional<KnownSounds> sounds) {
        List<Recording> recordings = usable.test().recordings();
        DecisionRule decision = stored.recipe().decision();
        Evaluation test = decision.apply(
                Evaluator.evaluate(model, features.evaluation(recordings), Evaluator.DEFAULT_THRESHOLD));
        TestMetrics metrics = TestMetrics.of(test, recordings, decision, random);
        ProbeWork probed = new ProbeWork(model, features, waveforms, threads, usable, loaded.ambient(), decision, test, random,
                (labels, other) -> {
                    throw new IllegalArgumentException("a probe that trains needs the training set, which an external validation"
                            + " does not have; leave it out");
                });
        List<ProbeResult> probes = parts.probes().stream().map(probe -> probe.examine(probed)).toList();
        TrainingRun run = new TrainingRun(new RunFindings(
                parts.version().name(), StoredProvenance.of(artifact).identity().orElse(""), contents.fingerprint(recordings),
                LibraryVersion.VALUE, seed, stored.recipe().describe(), usable, loaded.ambient(), Optional.empty(), rejected,
                List.of(), 0, operatingPoint(decision), Abstention.NONE, decision, test,
                test.withMetrics(metrics.byRecording()), metrics.byRecording(), metrics.bySubject(), metrics.bySession(),
                metrics.decided(), metrics.groups(), List.of(), probes, List.of()));
        return new ExternalFindings(parts.version(), loaded.name(), run,
                ClinicalMetrics.of(test, ClinicalMetrics.PREVALENCES, TestMetrics.REPLICATES, TestMetrics.seed(random)),
                stored.inputStatistics(), recordings.stream().map(one -> measures.get(one.id())).toList(),
                sounds.map(KnownSounds::size).orElse(0), warnings);
    }

    /** Returns the stored threshold as a fixed one, within its open range. */
    private static OperatingPoint operatingPoint(DecisionRule decision) {
        return OperatingPoint.fixed(Math.min(Math.nextDown(1.0), Math.max(Double.MIN_VALUE, decision.threshold())));
    }
}
