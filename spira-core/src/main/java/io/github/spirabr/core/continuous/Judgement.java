package io.github.spirabr.core.continuous;

import io.github.spirabr.core.artifact.StoredProvenance;
import io.github.spirabr.core.evaluation.Evaluation;
import io.github.spirabr.core.evaluation.RecordingScore;
import io.github.spirabr.core.journal.JournalException;
import io.github.spirabr.core.promotion.PromotionGate;
import io.github.spirabr.core.recording.Recording;
import io.github.spirabr.core.registry.ModelArtifact;
import io.github.spirabr.core.registry.ModelVersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The gate's verdict on a challenger, with the answers to held-out recordings that it depends on.
 *
 * @param verdict verdict of the gate
 * @param challenger its answers
 * @param champion answers to the very same recordings; empty if there is no champion that can answer
 */
record Judgement(PromotionGate.Verdict verdict, Evaluation challenger, Optional<Evaluation> champion) {

    /**
     * Opens the stored challenger afresh, and compares it with the champion.
     *
     * @throws JournalException if the stored challenger does not give the trainer's answers, or cannot be compared
     */
    static Judgement of(RoundContext round, ModelVersion model, List<Recording> heldOut, Arrivals arrivals) {
        ModelArtifact artifact = round.parts().models().load(model);
        ChallengerFile kept = ChallengerFile.of(artifact)
                .orElseThrow(() -> new JournalException(model
                        + " has no " + ChallengerFile.NAME + ", though a round made it; delete it, and train again"));
        Evaluation answers = verified(round, model, kept, StoredProvenance.of(artifact).machineTolerance(), heldOut);
        round.step(RoundListener.Step.VERIFIED, answers.scores().size() + " answers of the stored model equal the trainer's");
        ChangePlan plan = round.parts().plan();
        List<PromotionGate.Check> limits = new ArrayList<>();
        limits.add(plan.quarantine(arrivals.quarantined().size(), arrivals.listed().size()));
        limits.add(plan.settings(
                ChallengerFile.championSettings(round).map(ChosenSettings::of), ChosenSettings.of(kept.settings())));
        limits.addAll(ReferenceLook.take(round, model, heldOut, arrivals.snapshot()));
        Optional<Evaluation> before = round.champion().flatMap(one -> {
            try (AskedModel champion = round.open(one)) {
                return champion.evaluation(champion.answers(heldOut));
            }
        });
        Evaluation challenger = before.map(other -> shared(answers, other)).orElse(answers);
        Optional<Evaluation> champion = before.map(other -> shared(other, answers));
        PromotionGate.Verdict verdict = plan.gate().judge(new PromotionGate.Question(challenger, champion, groups(plan.gate(), heldOut),
                plan.reference(), kept.probes(), limits, round.parts().seed()));
        round.step(RoundListener.Step.COMPARED, verdict.outcome() + ": " + verdict.reason());
        return new Judgement(verdict, challenger, champion);
    }

    private static Evaluation verified(
            RoundContext round, ModelVersion model, ChallengerFile kept, double tolerance, List<Recording> heldOut) {
        try (AskedModel stored = round.open(model)) {
            List<RecordingScore> answers = stored.answers(heldOut);
            requireEqual(model, kept.answers(), answers, tolerance);
            return stored
                    .evaluation(answers.stream().filter(one -> kept.answers().containsKey(one.recording())).toList())
                    .orElseThrow(() -> new JournalException(model + " answers no held-out recording"));
        }
    }

    private static void requireEqual(
            ModelVersion model, Map<String, Double> trainers, List<RecordingScore> answers, double tolerance) {
        Map<String, Double> stored = new HashMap<>();
        answers.forEach(one -> stored.put(one.recording(), one.probability()));
        trainers.forEach((recording, probability) -> {
            Double again = stored.get(recording);
            if (again == null || !(Math.abs(again - probability) <= tolerance)) {
                throw new JournalException(model + " was opened again from the repository, and gives "
                        + (again == null ? "nothing" : again.toString()) + " for recording " + recording
                        + ", where the trainer gave " + probability + "; it is not promoted. Find out which part does not"
                        + " describe all of its settings, and delete this version");
            }
        });
    }

    /** Returns those answers of one evaluation that the other contains, too. */
    private static Evaluation shared(Evaluation one, Evaluation other) {
        Set<String> ids = other.scores().stream().map(RecordingScore::recording).collect(Collectors.toSet());
        return one.where(score -> ids.contains(score.recording())).orElseThrow(() -> new JournalException(
                "there is no held-out recording that both champion and challenger can answer"));
    }

    /** Returns the value of each recording, by column of the gate's rules. */
    private static Map<String, Map<String, String>> groups(PromotionGate gate, List<Recording> heldOut) {
        Map<String, Map<String, String>> groups = new LinkedHashMap<>();
        for (PromotionGate.GroupRule rule : gate.groups()) {
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
}
