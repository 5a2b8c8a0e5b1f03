package io.github.spirabr.core.continuous;

import io.github.spirabr.core.dataset.InvalidDatasetException;
import io.github.spirabr.core.dataset.RecordingSource;
import io.github.spirabr.core.evaluation.Evaluation;
import io.github.spirabr.core.inspection.RecordingFacts;
import io.github.spirabr.core.recording.Recording;
import io.github.spirabr.core.registry.ModelVersion;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The intake of the listed recordings: the usable ones, the new ones, and the champion's answers to them. Used once.
 */
final class Intake {

    private final RoundContext round;

    Intake(RoundContext round) {
        this.round = round;
    }

    Arrivals arrivals() {
        List<Recording> listed = listed();
        TrainingState state = round.state();
        Examination examination = new Examination(
                listed, state.snapshot(state.latest), round.parts().inspector(), round.work());
        String listedVersion = examination.listedVersion();
        round.step(RoundListener.Step.LISTED, listed.size() + " recordings");
        Examination.Result result = examination.run(this::isSuspect, round.parts().plan());
        Arrivals examined = new Arrivals(listed, listedVersion, result.snapshot(), state.snapshot(state.trained),
                result.quarantined(), stillSuspect(result), Optional.empty(), Optional.empty());
        Arrivals arrivals = round.champion().isEmpty() || examined.added().isEmpty()
                ? examined : heardBy(round.champion().get(), examined, result.arrived());
        round.step(RoundListener.Step.EXAMINED, arrivals.added().size() + " new or corrected recordings, "
                + arrivals.quarantined().size() + " in quarantine");
        return arrivals;
    }

    private List<Recording> listed() {
        List<Recording> listed = new ArrayList<>();
        Set<String> ids = new LinkedHashSet<>();
        Set<String> twice = new LinkedHashSet<>();
        for (RecordingSource source : round.parts().recordings()) {
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

    private boolean isSuspect(DataSnapshot.Entry entry) {
        return round.parts().plan().labelCheck() && fingerprint(entry).equals(round.state().suspects.get(entry.id()));
    }

    private static String fingerprint(DataSnapshot.Entry entry) {
        return DataSnapshot.of(List.of(entry)).version();
    }

    private SortedMap<String, String> stillSuspect(Examination.Result result) {
        SortedMap<String, String> suspects = new TreeMap<>();
        result.quarantined().stream().filter(one -> one.reason() == QuarantinedRecording.Reason.SUSPECT_LABELS)
                .forEach(one -> suspects.put(one.id(), round.state().suspects.get(one.id())));
        return suspects;
    }

    /**
     * Adds the champion's answers to all new recordings, and the drift of the arrivals; earlier drift was reported
     * before.
     */
    private Arrivals heardBy(ModelVersion champion, Arrivals examined, List<RecordingFacts> arrived) {
        Map<String, Recording> byId = examined.listed().stream().collect(Collectors.toMap(Recording::id, one -> one));
        List<Recording> added = examined.added().stream().map(one -> byId.get(one.id())).toList();
        List<Recording> now = arrived.stream().map(RecordingFacts::recording).toList();
        Set<String> ids = now.stream().map(Recording::id).collect(Collectors.toSet());
        try (AskedModel model = round.open(champion)) {
            Optional<Evaluation> fresh = model.evaluation(model.answers(added));
            Optional<InputDrift> drift =
                    ArrivalDrift.of(model.trainedOn(), model.measures(now), ids, examined.snapshot());
            Arrivals heard = new Arrivals(examined.listed(), examined.listedVersion(), examined.snapshot(),
                    examined.trained(), examined.quarantined(), examined.suspects(), drift, fresh);
            return fresh.flatMap(answers -> suspicion(answers, ids))
                    .map(suspicion -> keptOut(heard, ids, suspicion)).orElse(heard);
        }
    }

    private Optional<String> suspicion(Evaluation fresh, Set<String> arrived) {
        return round.parts().plan().labelCheck()
                ? fresh.where(one -> arrived.contains(one.recording())).flatMap(LabelCheck::suspicion) : Optional.empty();
    }

    private static Arrivals keptOut(Arrivals heard, Set<String> arrived, String suspicion) {
        List<DataSnapshot.Entry> left = new ArrayList<>();
        List<QuarantinedRecording> quarantined = new ArrayList<>(heard.quarantined());
        SortedMap<String, String> suspects = new TreeMap<>(heard.suspects());
        for (DataSnapshot.Entry one : heard.snapshot().entries().values()) {
            if (arrived.contains(one.id())) {
                suspects.put(one.id(), fingerprint(one));
                quarantined.add(new QuarantinedRecording(one.id(), one.subject(), one.label(),
                        QuarantinedRecording.Reason.SUSPECT_LABELS, suspicion));
            } else {
                left.add(one);
            }
        }
        return new Arrivals(heard.listed(), heard.listedVersion(), DataSnapshot.of(left), heard.trained(), quarantined,
                suspects, heard.drift(), heard.fresh());
    }
}
