package io.github.spirabr.core.continuous;

import io.github.spirabr.core.audio.AudioException;
import io.github.spirabr.core.dataset.Dataset;
import io.github.spirabr.core.dataset.DatasetSplit;
import io.github.spirabr.core.dataset.InvalidDatasetException;
import io.github.spirabr.core.dataset.RecordingSource;
import io.github.spirabr.core.dataset.Side;
import io.github.spirabr.core.evaluation.Evaluation;
import io.github.spirabr.core.evaluation.Metric;
import io.github.spirabr.core.evaluation.MetricEstimate;
import io.github.spirabr.core.evaluation.MetricEstimates;
import io.github.spirabr.core.evaluation.RecordingScore;
import io.github.spirabr.core.inspection.RecordingFacts;
import io.github.spirabr.core.pipeline.Prediction;
import io.github.spirabr.core.pipeline.Predictor;
import io.github.spirabr.core.pipeline.TrainingPipeline;
import io.github.spirabr.core.quality.InputMeasures;
import io.github.spirabr.core.quality.InputStatistics;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import io.github.spirabr.core.registry.AliasMovedException;
import io.github.spirabr.core.registry.ModelVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** One round, from what is listed to what is in the history. Used once, by the lease's holder. */
final class RoundWork {

    private static final List<Metric> FIGURES = List.of(Metric.AUROC, Metric.BALANCED_ACCURACY, Metric.SENSITIVITY,
            Metric.SPECIFICITY, Metric.BRIER_SCORE, Metric.CALIBRATION_ERROR);

    private final ContinuousTraining.Parts parts;
    private final TrainingState state;
    private final Lease lease;
    private final ParallelWork work;
    private final Instant started;
    private Optional<ModelVersion> champion = Optional.empty();

    RoundWork(ContinuousTraining.Parts parts, TrainingState state, Lease lease, ParallelWork work) {
        this.parts = parts;
        this.state = state;
        this.lease = lease;
        this.work = work;
        this.started = now();
    }

    private Instant now() {
        return Instant.ofEpochMilli(parts.clock().millis());
    }

    private void step(RoundStep step, String detail) {
        parts.listener().onStep(step, detail);
    }

    /** Runs it, or completes the one before. */
    Round run(boolean wanted) {
        if (state.pending.isPresent()) {
            return carryOut();
        }
        champion = parts.models().find(parts.modelName(), ContinuousTraining.CHAMPION);
        try {
            return begin(wanted);
        } catch (LeaseLostException e) {
            throw e;
        } catch (RuntimeException e) {
            if (state.pending.isEmpty()) {
                recordFailure(e);
            }
            throw e;
        }
    }

    private void recordFailure(RuntimeException failure) {
        try {
            String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
            record(draft(RoundOutcome.FAILED, message, RoundData.NONE, List.of()));
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    private Round draft(RoundOutcome outcome, String explanation, RoundData data, List<QuarantinedRecording> quarantined) {
        return new Round(state.rounds + 1, outcome, explanation, started, now(), 1, parts.holder(), Optional.empty(), data,
                quarantined, Optional.empty(), List.of(), champion.map(ModelVersion::number), Optional.empty(),
                Optional.empty(), List.of(), List.of());
    }

    /** All that a round knows of its data. */
    private record Arrivals(
            List<Recording> listed,
            String listedVersion,
            DataSnapshot snapshot,
            DataSnapshot trained,
            List<QuarantinedRecording> quarantined,
            SortedMap<String, String> suspects,
            Optional<InputDrift> drift,
            Optional<Evaluation> fresh) {

        List<Recording> usable() {
            return snapshot.among(listed);
        }

        List<DataSnapshot.Entry> added() {
            return snapshot.entries().values().stream().filter(one -> !trained.holds(one)).toList();
        }

        int withdrawn() {
            return (int) trained.entries().keySet().stream().filter(id -> !snapshot.entries().containsKey(id)).count();
        }

        RoundData data(Map<Side, Long> sides) {
            Set<String> subjects = new HashSet<>(snapshot.subjects());
            int all = subjects.size();
            subjects.removeAll(trained.subjects());
            return new RoundData(listedVersion, snapshot.version(), listed.size(), snapshot.entries().size(), all,
                    added().size(), subjects.size(), withdrawn(), sides.getOrDefault(Side.TRAINING, 0L).intValue(),
                    sides.getOrDefault(Side.VALIDATION, 0L).intValue(), sides.getOrDefault(Side.TEST, 0L).intValue());
        }
    }

    private Round begin(boolean wanted) {
        List<Recording> listed = listed();
        Examination examination = new Examination(listed, state.snapshot(state.latest), parts.inspector(), work);
        String listedVersion = examination.listedVersion();
        step(RoundStep.LISTED, listed.size() + " recordings");
        Arrivals arrivals = examine(listed, listedVersion, examination);
        step(RoundStep.EXAMINED, arrivals.added().size() + " new or corrected recordings, " + arrivals.quarantined.size()
                + " in quarantine");
        boolean changed = !arrivals.snapshot.version().equals(state.trained)
                && !(state.trained.isEmpty() && arrivals.snapshot.entries().isEmpty());
        Optional<String> trigger = wanted ? Optional.of("on demand") : trigger(arrivals);
        if (trigger.isEmpty() || !changed && !wanted && !aged(trigger)) {
            return idle(changed, arrivals);
        }
        keep(arrivals.snapshot);
        step(RoundStep.SNAPSHOT_KEPT, "data version " + arrivals.snapshot.version());
        Dataset dataset;
        SortedMap<String, Side> sides;
        DatasetSplit split;
        try {
            dataset = Dataset.of("the recordings of round " + (state.rounds + 1), arrivals.usable());
            sides = sides(dataset);
            split = dataset.split((any, seed) -> listedSides(sides, any), parts.seed());
        } catch (InvalidDatasetException e) {
            return settle(withArrivals(draft(RoundOutcome.NOT_ENOUGH_DATA, String.valueOf(e.getMessage()),
                    arrivals.data(Map.of()), arrivals.quarantined), arrivals), arrivals);
        }
        state.sides = sides;
        state.save();
        step(RoundStep.TRIGGERED, trigger.get());
        return train(trigger.get(), arrivals, dataset, split);
    }

    private boolean aged(Optional<String> trigger) {
        return trigger.isPresent() && !state.trained.isEmpty();
    }

    private List<Recording> listed() {
        List<Recording> listed = new ArrayList<>();
        Set<String> ids = new LinkedHashSet<>();
        Set<String> twice = new LinkedHashSet<>();
        for (RecordingSource source : parts.recordings()) {
            for (Recording one : source.list()) {
                if (!ids.add(one.id())) {
                    twice.add(one.id());
                }
                listed.add(one);
            }
        }
        if (!twice.isEmpty()) {
            throw new InvalidDatasetException("the recordings of continuous training",
                    List.of("listed twice: " + String.join(", ", twice) + "; each id is listed once over all sources"));
        }
        return listed;
    }

    private Arrivals examine(List<Recording> listed, String listedVersion, Examination examination) {
        Examination.Result result = examination.run(this::isSuspect, parts.plan());
        DataSnapshot trained = state.snapshot(state.trained);
        List<QuarantinedRecording> quarantined = new ArrayList<>(result.quarantined());
        DataSnapshot snapshot = result.snapshot();
        SortedMap<String, String> suspects = new TreeMap<>();
        quarantined.stream().filter(one -> one.reason() == QuarantineReason.SUSPECT_LABELS)
                .forEach(one -> suspects.put(one.id(), state.suspects.get(one.id())));
        Map<String, Recording> byId = listed.stream().collect(Collectors.toMap(Recording::id, one -> one));
        List<Recording> added = snapshot.entries().values().stream().filter(one -> !trained.holds(one))
                .map(one -> byId.get(one.id())).toList();
        if (champion.isEmpty() || added.isEmpty()) {
            return new Arrivals(listed, listedVersion, snapshot, trained, quarantined, suspects, Optional.empty(),
                    Optional.empty());
        }
        Optional<Evaluation> fresh;
        Optional<InputDrift> drift;
        try (Predictor predictor = Predictor.open(parts.models(), champion.get(), parts.components())) {
            fresh = evaluation(predictor, answers(predictor, added));
            drift = drift(predictor, Predictor.inputStatistics(parts.models().load(champion.get())), result.arrived(),
                    snapshot);
        }
        Set<String> arrived = result.arrived().stream().map(facts -> facts.recording().id()).collect(Collectors.toSet());
        Optional<Evaluation> ofArrived = fresh.flatMap(all -> only(all, arrived));
        Optional<String> suspicion = parts.plan().labelCheck() ? ofArrived.flatMap(LabelCheck::suspicion) : Optional.empty();
        if (suspicion.isPresent()) {
            List<DataSnapshot.Entry> left = new ArrayList<>();
            for (DataSnapshot.Entry one : snapshot.entries().values()) {
                if (arrived.contains(one.id())) {
                    suspects.put(one.id(), fingerprint(one));
                    quarantined.add(new QuarantinedRecording(one.id(), one.subject(), one.label(),
                            QuarantineReason.SUSPECT_LABELS, suspicion.get()));
                } else {
                    left.add(one);
                }
            }
            snapshot = DataSnapshot.of(left);
        }
        return new Arrivals(listed, listedVersion, snapshot, trained, quarantined, suspects, drift, fresh);
    }

    private boolean isSuspect(DataSnapshot.Entry entry) {
        return parts.plan().labelCheck() && fingerprint(entry).equals(state.suspects.get(entry.id()));
    }

    private static String fingerprint(DataSnapshot.Entry entry) {
        return DataSnapshot.of(List.of(entry)).version();
    }

    private static Optional<Evaluation> only(Evaluation evaluation, Set<String> ids) {
        List<RecordingScore> scores = evaluation.scores().stream().filter(one -> ids.contains(one.recording())).toList();
        return scores.isEmpty() ? Optional.empty() : Optional.of(new Evaluation(scores, evaluation.threshold()));
    }

    /** Of those that arrived in this round; earlier ones were told of in theirs. */
    private Optional<InputDrift> drift(
            Predictor predictor, Optional<InputStatistics> trainedOn, List<RecordingFacts> arrived, DataSnapshot snapshot) {
        List<InputMeasures> measures = work.map(arrived, one -> measures(predictor, one.recording())).stream()
                .flatMap(Optional::stream).toList();
        Map<String, InputDrift.Numbers> numbers = new TreeMap<>();
        int unlike = 0;
        if (trainedOn.isPresent()) {
            InputStatistics statistics = trainedOn.get();
            List<String> names = List.copyOf(statistics.measures().keySet());
            for (int i = 0; i < names.size(); i++) {
                int place = i;
                numbers.put(names.get(i), new InputDrift.Numbers(statistics.measure(names.get(i)).deciles(),
                        measures.stream().mapToDouble(one -> one.values()[place]).toArray()));
            }
            unlike = (int) measures.stream().filter(statistics::isUnlike).count();
        }
        Set<String> ids = arrived.stream().map(facts -> facts.recording().id()).collect(Collectors.toSet());
        Map<String, InputDrift.Kinds> kinds = new TreeMap<>();
        int before = 0;
        for (DataSnapshot.Entry one : snapshot.entries().values()) {
            boolean fresh = ids.contains(one.id());
            before += fresh ? 0 : 1;
            one.traits().forEach((name, kind) -> {
                InputDrift.Kinds counts =
                        kinds.computeIfAbsent(name, any -> new InputDrift.Kinds(new TreeMap<>(), new TreeMap<>()));
                (fresh ? counts.fresh() : counts.reference()).merge(kind, 1, Integer::sum);
            });
        }
        return InputDrift.of(measures.size(), trainedOn.map(InputStatistics::recordings).orElse(before), unlike, numbers, kinds);
    }

    private static Optional<InputMeasures> measures(Predictor predictor, Recording recording) {
        try {
            return Optional.of(predictor.measures(recording.id(), recording.audio()));
        } catch (AudioException e) {
            return Optional.empty();
        }
    }

    /** The predictor's answers, in the recordings' order; empty where it cannot answer. */
    private List<Optional<RecordingScore>> answers(Predictor predictor, List<Recording> recordings) {
        return work.map(recordings, one -> {
            try {
                Prediction prediction = predictor.predict(one.id(), one.audio());
                return prediction.probability().stream().boxed().findFirst().map(probability -> new RecordingScore(
                        one.id(), one.subject(), one.label(), probability, prediction.windowProbabilities()));
            } catch (AudioException e) {
                return Optional.empty();
            }
        });
    }

    private static Optional<Evaluation> evaluation(Predictor predictor, List<Optional<RecordingScore>> answers) {
        List<RecordingScore> scores = answers.stream().flatMap(Optional::stream).toList();
        return scores.isEmpty() ? Optional.empty() : Optional.of(new Evaluation(scores, predictor.decision().threshold()));
    }

    private Optional<String> trigger(Arrivals arrivals) {
        if (state.trained.isEmpty()) {
            return arrivals.snapshot.entries().isEmpty() ? Optional.empty() : Optional.of("the first training");
        }
        RoundData data = arrivals.data(Map.of());
        Map<Metric, Double> fresh = new EnumMap<>(Metric.class);
        arrivals.fresh.ifPresent(all -> {
            for (Metric metric : Metric.values()) {
                fresh.put(metric, all.value(metric));
            }
        });
        RetrainingSituation situation = new RetrainingSituation(
                arrivals.trained.entries().size(), data.newRecordings(), data.newSubjects(), data.withdrawnRecordings(),
                state.trainedAt.map(at -> Duration.between(at, started)), state.held, fresh);
        List<String> reasons = parts.triggers().stream().map(one -> one.fires(situation)).flatMap(Optional::stream).toList();
        return reasons.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", reasons));
    }

    private Round idle(boolean changed, Arrivals arrivals) {
        RoundOutcome outcome;
        String explanation;
        if (changed) {
            outcome = RoundOutcome.WAITING;
            explanation = arrivals.added().size() + " new or corrected recordings, " + arrivals.withdrawn()
                    + " gone; no trigger asks for a training yet";
            keep(arrivals.snapshot);
        } else if (!arrivals.quarantined.isEmpty() && !arrivals.listedVersion.equals(state.listed)) {
            outcome = RoundOutcome.ALL_QUARANTINED;
            explanation = "all that is new is in quarantine";
        } else {
            outcome = RoundOutcome.NOTHING_NEW;
            explanation = "the recordings are those of the round before";
        }
        return settle(withArrivals(draft(outcome, explanation, arrivals.data(Map.of()), arrivals.quarantined), arrivals),
                arrivals);
    }

    private Round withArrivals(Round round, Arrivals arrivals) {
        return new Round(round.number(), round.outcome(), round.explanation(), round.started(), round.finished(),
                round.times(), round.holder(), round.trigger(), round.data(), round.quarantined(), arrivals.drift,
                figures(arrivals.fresh), round.champion(), round.challenger(), round.verdict(), round.challengerFigures(),
                round.championFigures());
    }

    private List<MetricEstimate> figures(Optional<Evaluation> evaluation) {
        return evaluation.map(all -> MetricEstimates.of(all, FIGURES, parts.plan().gate().replicates(), parts.seed()))
                .orElse(List.of());
    }

    /** Ends a round that trained nothing. */
    private Round settle(Round round, Arrivals arrivals) {
        state.listed = arrivals.listedVersion;
        if (round.outcome() == RoundOutcome.WAITING || round.outcome() == RoundOutcome.NOT_ENOUGH_DATA) {
            state.latest = arrivals.snapshot.version();
        }
        state.suspects = arrivals.suspects;
        return record(round);
    }

    private void keep(DataSnapshot snapshot) {
        lease.require();
        String name = DataSnapshot.documentName(snapshot.version());
        if (parts.journal().read(name).isEmpty()) {
            parts.journal().replace(name, Optional.empty(), snapshot.toBytes());
        }
    }

    private SortedMap<String, Side> sides(Dataset dataset) {
        Map<String, Side> known = new TreeMap<>(state.sides);
        if (known.isEmpty() && champion.isPresent()) {
            known.putAll(StoredProvenance.of(parts.models().load(champion.get())).sides());
        }
        for (String subject : parts.plan().reference()) {
            Side before = known.put(subject, Side.TEST);
            if (before != null && before != Side.TEST) {
                throw new InvalidDatasetException("the reference set of the change plan", List.of("subject " + subject
                        + " is on the " + before.name().toLowerCase(Locale.ROOT)
                        + " side since an earlier round; a reference set is of subjects that no model has heard"));
            }
        }
        Map<String, EnumSet<Label>> listed = new HashMap<>();
        dataset.recordings().forEach(one ->
                listed.computeIfAbsent(one.subject(), any -> EnumSet.noneOf(Label.class)).add(one.label()));
        return new SubjectSides(parts.shares(), parts.seed()).assign(known, listed);
    }

    private static Map<String, Side> listedSides(Map<String, Side> sides, Dataset dataset) {
        Map<String, Side> listed = new TreeMap<>(sides);
        listed.keySet().retainAll(dataset.subjects());
        return listed;
    }

    private Round train(String trigger, Arrivals arrivals, Dataset dataset, DatasetSplit split) {
        SortedMap<String, Side> sides = state.sides;
        RoundInput input = new RoundInput(state.rounds + 1, dataset, parts.models(), champion);
        TrainingPipeline pipeline = parts.pipeline().apply(input)
                .recordings(() -> dataset)
                .split((any, seed) -> listedSides(sides, any))
                .models(parts.models())
                .modelName(parts.modelName())
                .reporter(ChallengerFile::report)
                .build();
        Optional<ModelVersion> done = pipeline.findDone();
        boolean judgedBefore = done.isPresent() && (done.equals(champion) || wasJudged(done.get()));
        if (judgedBefore) {
            return settle(withArrivals(draft(RoundOutcome.NOTHING_NEW, done.get() + " is of these recordings and settings"
                    + " already", arrivals.data(counts(split)), arrivals.quarantined), arrivals), arrivals);
        }
        ModelVersion challenger = done.isPresent() ? done.get() : pipeline.run().model();
        lease.require();
        step(RoundStep.TRAINED, challenger.toString());
        return judge(trigger, arrivals, split, challenger);
    }

    private boolean wasJudged(ModelVersion version) {
        return RoundHistory.of(parts.journal()).rounds().stream()
                .anyMatch(round -> round.outcome().judged() && round.challenger().equals(Optional.of(version.number())));
    }

    private static Map<Side, Long> counts(DatasetSplit split) {
        return Map.of(
                Side.TRAINING, (long) split.training().subjects().size(),
                Side.VALIDATION, (long) split.validation().subjects().size(),
                Side.TEST, (long) split.test().subjects().size());
    }

    private Round judge(String trigger, Arrivals arrivals, DatasetSplit split, ModelVersion challenger) {
        List<Recording> heldOut = split.test().recordings();
        Optional<ChallengerFile> file = ChallengerFile.of(parts.models().load(challenger));
        ChallengerFile kept = file.orElseThrow(() -> new JournalException(challenger
                + " has no " + ChallengerFile.NAME + ", though a round made it; delete it, and train again"));
        Evaluation answers;
        try (Predictor predictor = Predictor.open(parts.models(), challenger, parts.components())) {
            answers = requireEqual(challenger, kept, predictor, answers(predictor, heldOut));
        }
        step(RoundStep.VERIFIED, answers.scores().size() + " answers of the stored model equal the trainer's");
        ChangePlan plan = parts.plan();
        List<GateCheck> limits = new ArrayList<>();
        limits.add(plan.quarantine(arrivals.quarantined.size(), arrivals.listed.size()));
        limits.add(plan.settings(champion.flatMap(one -> ChallengerFile.of(parts.models().load(one)))
                .map(ChallengerFile::settings), kept.settings()));
        limits.addAll(look(challenger, heldOut, arrivals.snapshot));
        Optional<Evaluation> before = champion.flatMap(one -> {
            try (Predictor predictor = Predictor.open(parts.models(), one, parts.components())) {
                return evaluation(predictor, answers(predictor, heldOut));
            }
        });
        Evaluation both = before.map(other -> shared(answers, other)).orElse(answers);
        Optional<Evaluation> ofChampion = before.map(other -> shared(other, answers));
        GateVerdict verdict = plan.gate().judge(new PromotionGate.Question(
                both, ofChampion, groups(heldOut), plan.reference(), kept.probes(), limits, parts.seed()));
        step(RoundStep.COMPARED, verdict.outcome() + ": " + verdict.reason());
        Round round = new Round(state.rounds + 1, verdict.outcome(), verdict.reason(), started, now(), 1, parts.holder(),
                Optional.of(trigger), arrivals.data(counts(split)), arrivals.quarantined, arrivals.drift,
                figures(arrivals.fresh), champion.map(ModelVersion::number), Optional.of(challenger.number()),
                Optional.of(verdict), figures(Optional.of(both)), figures(ofChampion));
        state.listed = arrivals.listedVersion;
        state.latest = arrivals.snapshot.version();
        state.trained = arrivals.snapshot.version();
        state.trainedAt = Optional.of(started);
        state.suspects = arrivals.suspects;
        state.pending = Optional.of(round);
        state.save();
        step(RoundStep.DECIDED, verdict.outcome().toString());
        return carryOut();
    }

    private static Evaluation requireEqual(
            ModelVersion challenger, ChallengerFile kept, Predictor predictor, List<Optional<RecordingScore>> answers) {
        Map<String, Double> stored = new HashMap<>();
        answers.stream().flatMap(Optional::stream).forEach(one -> stored.put(one.recording(), one.probability()));
        for (Map.Entry<String, Double> answer : kept.answers().entrySet()) {
            Double again = stored.get(answer.getKey());
            if (again == null || !again.equals(answer.getValue())) {
                throw new JournalException(challenger + " was opened afresh, and says "
                        + (again == null ? "nothing" : again.toString()) + " of recording " + answer.getKey()
                        + ", where the trainer said " + answer.getValue() + "; it is not promoted. Find out which part does not"
                        + " describe all of its settings, and delete this version");
            }
        }
        return evaluation(predictor, answers.stream()
                .filter(one -> one.isPresent() && kept.answers().containsKey(one.get().recording())).toList())
                .orElseThrow(() -> new JournalException(challenger + " answers no held-out recording"));
    }

    /** Those answers of one that the other has, too. */
    private static Evaluation shared(Evaluation one, Evaluation other) {
        Set<String> ids = other.scores().stream().map(RecordingScore::recording).collect(Collectors.toSet());
        return only(one, ids).orElseThrow(() -> new JournalException(
                "there is no held-out recording that both champion and challenger can answer"));
    }

    /** Counts a look at the reference set before it is taken. */
    private List<GateCheck> look(ModelVersion challenger, List<Recording> heldOut, DataSnapshot snapshot) {
        ChangePlan plan = parts.plan();
        if (plan.reference().isEmpty()) {
            return List.of();
        }
        String now = DataSnapshot.of(heldOut.stream().filter(one -> plan.reference().contains(one.subject()))
                .map(one -> snapshot.entries().get(one.id())).toList()).version();
        List<GateCheck> checks = new ArrayList<>();
        boolean same = state.reference.isEmpty() || state.reference.get().equals(now);
        checks.add(GateCheck.of("reference set", same ? GateCheck.Result.PASSED : GateCheck.Result.FAILED, same
                ? "the reference set is as it was frozen"
                : "the recordings of the reference set have changed since it was frozen; restore them, or name a new set"));
        Set<Integer> taken = new HashSet<>(state.looks);
        taken.add(challenger.number());
        int most = plan.looks().orElse(Integer.MAX_VALUE);
        boolean allowed = taken.size() <= most;
        checks.add(new GateCheck("looks", allowed ? GateCheck.Result.PASSED : GateCheck.Result.FAILED,
                "the reference set is looked at for the " + taken.size() + ". time"
                        + (plan.looks().isPresent() ? ", where " + most + " are allowed" : "")
                        + (allowed ? "" : "; name a new one that no model was chosen by"),
                taken.size(), Double.NaN, Double.NaN, plan.looks().isPresent() ? most : Double.NaN, 0, plan.reference().size()));
        if (allowed && same) {
            state.reference = Optional.of(now);
            state.looks.add(challenger.number());
            state.save();
        }
        return checks;
    }

    private Map<String, Map<String, String>> groups(List<Recording> heldOut) {
        Map<String, Map<String, String>> groups = new LinkedHashMap<>();
        for (PromotionGate.GroupRule rule : parts.plan().gate().groups()) {
            Map<String, String> values = new HashMap<>();
            heldOut.forEach(one -> {
                String value = one.metadata().get(rule.column());
                if (value != null && !value.isBlank()) {
                    values.put(one.id(), value);
                }
            });
            groups.put(rule.column(), values);
        }
        return groups;
    }

    /** Does what is decided: promotes or not, and writes the history. */
    private Round carryOut() {
        Round round = state.pending.orElseThrow();
        ModelVersion challenger = new ModelVersion(parts.modelName(), round.challenger().orElseThrow());
        if (round.outcome().promoted()) {
            round = promote(round, challenger);
        }
        step(RoundStep.PROMOTED, round.outcome().promoted() ? challenger + " is champion" : "the champion stays");
        parts.models().tag(challenger, "round", Integer.toString(round.number()));
        parts.models().tag(challenger, "gate", round.outcome().name());
        if (round.outcome().promoted()) {
            state.holdFigures(round.challengerFigures());
        }
        state.pending = Optional.empty();
        return record(round);
    }

    private Round promote(Round round, ModelVersion challenger) {
        if (parts.models().find(parts.modelName(), ContinuousTraining.CHAMPION).equals(Optional.of(challenger))) {
            return round;
        }
        Optional<ModelVersion> expected = round.champion().map(number -> new ModelVersion(parts.modelName(), number));
        lease.require();
        try {
            parts.models().promote(ContinuousTraining.CHAMPION, challenger, expected, parts.holder());
            return round;
        } catch (AliasMovedException e) {
            return round.ending(RoundOutcome.CHAMPION_MOVED, String.valueOf(e.getMessage()), now());
        }
    }

    /** Writes a round into the history, and then that it is there. */
    private Round record(Round round) {
        Round recorded = round;
        Optional<JournalDocument> last = state.rounds == 0
                ? Optional.empty() : parts.journal().read(Round.documentName(state.rounds));
        Optional<Round> before = last.map(document -> Round.parse(
                "round " + state.rounds + " in " + parts.journal().location(), document.content()));
        lease.require();
        if (before.isPresent() && before.get().sameAs(round)) {
            recorded = before.get().again(round);
            parts.journal().replace(Round.documentName(recorded.number()), last.map(JournalDocument::version),
                    recorded.toBytes());
        } else {
            String name = Round.documentName(round.number());
            Optional<JournalDocument> there = parts.journal().read(name);
            if (there.isEmpty()) {
                parts.journal().replace(name, Optional.empty(), round.toBytes());
            } else if (round.outcome().judged()) {
                // It was written before the round was broken off.
                recorded = Round.parse(name + " in " + parts.journal().location(), there.get().content());
            } else {
                parts.journal().replace(name, there.map(JournalDocument::version), round.toBytes());
            }
        }
        state.rounds = recorded.number();
        state.save();
        step(RoundStep.RECORDED, "round " + recorded.number() + ": " + recorded.outcome());
        return recorded;
    }
}
