package io.github.spirabr.core.pipeline;

import io.github.spirabr.core.audit.SplitAudit;
import io.github.spirabr.core.audit.SplitCertificate;
import io.github.spirabr.core.dataset.DatasetSplit;
import io.github.spirabr.core.dataset.PreparedDatasetRepository;
import io.github.spirabr.core.dataset.Side;
import io.github.spirabr.core.model.UntrainedModel;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import io.github.spirabr.core.preprocessing.FeatureTransform;
import io.github.spirabr.core.preprocessing.Preprocessing;
import io.github.spirabr.core.preprocessing.TrainingFrames;
import io.github.spirabr.core.quality.InputStatistics;
import io.github.spirabr.core.recording.Recording;
import io.github.spirabr.core.registry.ModelArtifact;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The first stage: audits the split, visits all recordings, and has their features at hand. Used by one thread. */
final class FeatureStage implements AutoCloseable {

    private static final String INPUTS = "inputs";
    private static final String AUDIT = "audit";

    private final RunContext run;
    private final PipelineParts parts;
    private final DatasetSplit split;
    private final Map<Side, List<Recording>> rooms;
    private @Nullable PreparedSides sides;
    private @Nullable FeatureWorks works;

    /**
     * Creates the stage.
     *
     * @param rooms recordings of rooms that are audited with the sets
     */
    FeatureStage(RunContext run, Map<Side, List<Recording>> rooms) {
        this.run = run;
        this.parts = run.parts();
        this.split = run.split();
        this.rooms = rooms;
    }

    /** Returns the outcome of an earlier run, or prepares now. */
    PreparedRun prepared() {
        parts.rejections().check(run.dataset().name(), run.dataset().recordings(),
                run.identities().faults(RunContext.recordings(split)));
        if (parts.audit() != null) {
            SplitAudit.searchParts(run.dataset().name(), split, rooms, run.identities()::content);
        }
        List<String> pretraining = parts.trainer().priorTraining().map(prior -> SplitAudit.searchPretraining(
                run.dataset().name(), split, prior, run.identities()::content)).orElse(List.of());
        if (!parts.preprocessing().needsFitting()
                && !run.outcomes().stored(Stage.FEATURES, () -> run.identities().features(split))) {
            requireHeap(FeatureOutcome.windowed(parts.preprocessing(), List.of(), parts.reader().sampleRate()));
        }
        Optional<SplitAuditing.Outcome> audit = Optional.ofNullable(parts.audit()).map(this::audited);
        FeatureOutcome outcome = run.outcomes().of(
                Stage.FEATURES, run.identities().features(split), this::found, this::visitAll, FeatureOutcome::files);
        Preprocessing preprocessing = outcome.fitted(parts.preprocessing(), parts.reader().sampleRate());
        FeatureWorks features = works(preprocessing);
        if (sides != null) {
            sides.open();
        }
        if (!outcome.rejected().isEmpty()) {
            run.tell(new PipelineEvent.Rejected(outcome.rejected()));
        }
        DatasetSplit usable = without(outcome.rejected());
        Optional<SplitCertificate> certificate = audit.map(one -> SplitCertificate.of(
                usable, SplitAuditing.name(parts.split()), parts.seed(), one.result(), Optional.empty()).pretrained(pretraining));
        certificate.ifPresent(one -> run.tell(new PipelineEvent.Certified(one)));
        return new PreparedRun(
                outcome, preprocessing, usable, certificate, audit.flatMap(SplitAuditing.Outcome::sounds), features);
    }

    /** Returns the names of the prepared data sets, by set. */
    Map<Side, String> names() {
        return sides == null ? Map.of() : sides.names();
    }

    /** Returns the audit of an earlier run of the same split, or audits now. */
    private SplitAuditing.Outcome audited(SplitAudit audit) {
        SplitAuditing auditing = new SplitAuditing(audit, parts, run.threads(), run.waveforms(),
                (done, total) -> run.tell(new PipelineEvent.Compared(done, total)));
        return run.outcomes().part(Stage.FEATURES, AUDIT, () -> run.identities().audit(audit, split), SplitAuditing::read,
                () -> auditing.search(run.dataset().name(), split), SplitAuditing::files);
    }

    /**
     * Returns a stored outcome that can be used: a run that may compute features computes missing ones, and retries
     * recordings that could not be reached.
     */
    private Optional<FeatureOutcome> found(ModelArtifact artifact) {
        FeatureOutcome outcome = FeatureOutcome.read(artifact, run.dataset().recordings());
        if (!run.outcomes().mayRun(Stage.FEATURES)) {
            return Optional.of(outcome);
        }
        works(outcome.fitted(parts.preprocessing(), parts.reader().sampleRate()));
        return outcome.unreachable() || sides != null && !sides.areThere() ? Optional.empty() : Optional.of(outcome);
    }

    /** Checks that the network takes what the preprocessing gives, and that its training, if it may run, fits into the heap. */
    private void requireHeap(Preprocessing preprocessing) {
        UntrainedModel model = parts.untrained(preprocessing);
        if (run.outcomes().mayRun(Stage.TRAIN)) {
            TrainingHeap.SHARED.require(parts.trainer().heapBytes(model), model);
        }
    }

    private FeatureOutcome visitAll() {
        int training = split.training().recordings().size();
        int fits = (parts.preprocessing().needsFitting() ? 1 : 0) + (int) parts.preprocessing().featureTransforms().stream()
                .filter(FeatureTransform::needsFitting).count();
        int total = fits * training + RunContext.recordings(split).size();
        Preparation preparation = new Preparation(
                run.threads(), done -> run.tell(new PipelineEvent.Prepared(done, total)));
        List<Integer> lengths = lengths(preparation);
        Preprocessing preprocessing =
                FeatureOutcome.windowed(parts.preprocessing(), lengths, parts.reader().sampleRate());
        // Parts that do not fit each other show here, before any audio is decoded that need not be.
        requireHeap(preprocessing);
        List<TrainingFrames> frames = new ArrayList<>();
        while (preprocessing.needsFrames()) {
            frames.add(frames(preprocessing, preparation));
            preprocessing = preprocessing.fit(frames.get(frames.size() - 1));
        }
        FeatureWorks features = works(preprocessing);
        if (sides != null && parts.rerun()) {
            sides.delete();
        }
        features.prepare(split, preparation);
        List<RejectedRecording> rejected = inOrder(preparation.rejected(run.dataset().name()));
        parts.rejections().check(run.dataset().name(), run.dataset().recordings(), rejected);
        return new FeatureOutcome(lengths, frames, rejected, inputs(preprocessing, features, without(rejected)));
    }

    /** Returns the input statistics, which depend on two sets alone, so that those of an earlier run may exist. */
    private InputStatistics inputs(Preprocessing preprocessing, FeatureWorks features, DatasetSplit usable) {
        return run.outcomes().part(Stage.FEATURES, INPUTS, () -> run.identities().inputs(preprocessing, usable),
                artifact -> Optional.of(FeatureOutcome.inputs(artifact)), () -> features.inputStatistics(usable),
                FeatureOutcome::files);
    }

    /** Returns the rejected recordings in the manifest's order. */
    private List<RejectedRecording> inOrder(List<RejectedRecording> rejected) {
        Map<String, RejectedRecording> byId =
                rejected.stream().collect(Collectors.toMap(one -> one.recording().id(), one -> one));
        return run.dataset().recordings().stream().flatMap(one -> Stream.ofNullable(byId.get(one.id()))).toList();
    }

    private DatasetSplit without(List<RejectedRecording> rejected) {
        if (rejected.isEmpty()) {
            return split;
        }
        Set<String> ids = rejected.stream().map(one -> one.recording().id()).collect(Collectors.toSet());
        return split.without(run.dataset().name(), ids);
    }

    /** Returns the lengths of the recordings of the training set. */
    private List<Integer> lengths(Preparation preparation) {
        if (!parts.preprocessing().needsFitting()) {
            return List.of();
        }
        List<Integer> lengths = preparation.visit(split.training().recordings(),
                one -> parts.preprocessing().transform(run.waveforms().keep(one)).length());
        if (lengths.isEmpty()) {
            throw nothingToFit(preparation, "to learn the windows' length from");
        }
        return lengths;
    }

    /** Measures what the first unfitted transform of features gets of the training set. */
    private TrainingFrames frames(Preprocessing preprocessing, Preparation preparation) {
        try (Preparation.Visits<List<FeatureMatrix>> visits = preparation.visits(split.training().recordings(),
                one -> preprocessing.fittingFeatures(run.waveforms().keep(one)))) {
            if (!visits.hasNext()) {
                throw nothingToFit(preparation, "to fit the transforms of features on");
            }
            return TrainingFrames.of(visits);
        }
    }

    private PipelineException nothingToFit(Preparation preparation, String purpose) {
        String dataset = run.dataset().name();
        parts.rejections().check(dataset, split.training().recordings(), preparation.rejected(dataset));
        return new PipelineException(dataset + ": no training recording can be read, so that there is nothing " + purpose);
    }

    private FeatureWorks works(Preprocessing preprocessing) {
        if (works == null) {
            PreparedDatasetRepository stored = parts.workStore() == null ? null : parts.workStore().features();
            sides = stored == null ? null : sides(stored, preprocessing);
            works = new FeatureWorks(run.threads(), run.waveforms(), preprocessing, run.random(), run.budget(),
                    run.stored(preprocessing), sides);
        }
        return works;
    }

    private PreparedSides sides(PreparedDatasetRepository stored, Preprocessing preprocessing) {
        PreparedSides named = new PreparedSides(stored);
        if (!preprocessing.augmentsWaveforms()) {
            named.add(Side.TRAINING, run.identities().features(preprocessing, split.training().recordings()));
        }
        named.add(Side.VALIDATION, run.identities().features(preprocessing, split.validation().recordings()));
        named.add(Side.TEST, run.identities().features(preprocessing, split.test().recordings()));
        return named;
    }

    @Override
    public void close() {
        if (sides != null) {
            sides.close();
        }
    }
}
