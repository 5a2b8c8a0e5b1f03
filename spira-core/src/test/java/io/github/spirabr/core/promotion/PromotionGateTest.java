package io.github.spirabr.core.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.spirabr.core.continuous.ChangePlan;
import io.github.spirabr.core.evaluation.Evaluation;
import io.github.spirabr.core.evaluation.Metric;
import io.github.spirabr.core.evaluation.PairedComparison;
import io.github.spirabr.core.evaluation.RecordingScore;
import io.github.spirabr.core.probe.ProbeResult;
import io.github.spirabr.core.promotion.PromotionGate.Check.Result;
import io.github.spirabr.core.promotion.PromotionGate.Verdict.Outcome;
import io.github.spirabr.core.recording.Label;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PromotionGateTest {

    private static final int SUBJECTS = 40;

    /** Two recordings of each subject; of those whose number the divisor divides, the answer is the wrong way round. */
    private static Evaluation wrongAt(int divisor) {
        List<RecordingScore> scores = new ArrayList<>();
        for (int s = 0; s < SUBJECTS; s++) {
            Label label = s % 2 == 0 ? Label.CONTROL : Label.PATIENT;
            boolean wrong = divisor > 0 && s / 2 % divisor == 0;
            double right = label == Label.PATIENT ? 0.9 - 0.001 * s : 0.1 + 0.001 * s;
            for (int i = 0; i < 2; i++) {
                scores.add(new RecordingScore(s + "-" + i, "s" + s, label, wrong ? 1 - right : right, List.of()));
            }
        }
        return Evaluation.of(scores, 0.5);
    }

    private static Map<String, Map<String, String>> groups() {
        Map<String, String> sexes = new HashMap<>();
        for (int s = 0; s < SUBJECTS; s++) {
            for (int i = 0; i < 2; i++) {
                sexes.put(s + "-" + i, s < 4 ? "X" : s < 20 ? "F" : "M");
            }
        }
        return Map.of("sex", sexes);
    }

    private static PromotionGate.Verdict judge(PromotionGate gate, Evaluation challenger, Evaluation champion, ProbeResult... probes) {
        return gate.judge(new PromotionGate.Question(
                challenger, Optional.ofNullable(champion), groups(), Set.of(), List.of(probes), List.of(), 1));
    }

    private static PromotionGate.Check check(PromotionGate.Verdict verdict, String name) {
        return verdict.checks().stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
    }

    @Test
    void anEqualChallengerIsPromoted() {
        PromotionGate.Verdict verdict = judge(PromotionGate.standard(), wrongAt(5), wrongAt(5));

        assertThat(verdict.outcome()).isEqualTo(Outcome.PROMOTED);
        assertThat(verdict.reason()).isEqualTo("it is not worse than the champion");
        assertThat(check(verdict, "subjects").value()).isEqualTo(20);
        assertThat(check(verdict, "probes").result()).isEqualTo(Result.NOT_JUDGED);
    }

    @Test
    void aWarningOfTheTrainingIsNoProbe() {
        ProbeResult added = new ProbeResult("training-noise", "?", ProbeResult.Verdict.WARNING, "Noise is silent.", List.of());
        PromotionGate.Verdict verdict = judge(PromotionGate.standard(), wrongAt(5), wrongAt(5), added);
        assertThat(check(verdict, "probes").result()).isEqualTo(Result.NOT_JUDGED);
        assertThat(check(verdict, "probe training-noise").result()).isEqualTo(Result.PASSED);
    }

    private static ProbeResult baseline(double gain, double lower) {
        return new ProbeResult(ProbeResult.BASELINE, "?", ProbeResult.Verdict.INCONCLUSIVE, "Compared.", List.of(
                new ProbeResult.Measurement("AUROC, network less baseline", gain, lower, gain + 0.1, 80, 40)));
    }

    @Test
    void aModelThatDoesNotBeatTheBaselineIsNotPromoted() {
        PromotionGate gate = PromotionGate.standard().toBuilder().beatBaseline(true).build();
        PromotionGate byEstimate = gate.toBuilder().evidence(PromotionGate.Evidence.ESTIMATE).build();

        PromotionGate.Verdict rejected = judge(gate, wrongAt(5), null, baseline(0.05, -0.01));
        assertThat(rejected.outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(rejected.reason()).isEqualTo("AUROC of the challenger less that of the baseline, logistic regression on speech"
                + " statistics, is +0.050 (95 % interval -0.010 to 0.150); the lower end must be above 0");
        assertThat(judge(gate, wrongAt(5), null, baseline(0.05, 0.01)).outcome()).isEqualTo(Outcome.FIRST_CHAMPION);
        assertThat(judge(gate, wrongAt(5), wrongAt(5), baseline(0.05, Double.NaN)).outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(judge(byEstimate, wrongAt(5), wrongAt(5), baseline(0.05, Double.NaN)).outcome()).isEqualTo(Outcome.PROMOTED);
        assertThat(judge(byEstimate, wrongAt(5), wrongAt(5), baseline(0, -0.1)).reason()).endsWith("; it must be above 0");
        assertThat(judge(PromotionGate.standard(), wrongAt(5), wrongAt(5), baseline(-0.2, -0.3)).outcome())
                .isEqualTo(Outcome.PROMOTED);
    }

    @Test
    void aModelWithoutABaselineDoesNotBeatIt() {
        PromotionGate gate = PromotionGate.standard().toBuilder().beatBaseline(true).build();
        assertThat(judge(gate, wrongAt(5), wrongAt(5)).reason()).isEqualTo("the challenger must beat the baseline, but its run"
                + " has none; set baseline to true in the experiment, with speech-statistics on the class path");
    }

    @Test
    void aModelAtChanceIsNotPromotedEvenAsTheFirst() {
        PromotionGate.Verdict verdict = judge(PromotionGate.standard(), wrongAt(2), null);

        assertThat(verdict.outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(verdict.reason()).startsWith("AUROC of the challenger is 0.475 (95 % interval ")
                .endsWith("the lower end must be above 0.5, which is chance");
        assertThat(check(verdict, "above chance").result()).isEqualTo(Result.FAILED);
        assertThat(judge(PromotionGate.standard(), wrongAt(5), null).reason())
                .isEqualTo("there was no champion to compare with; its AUROC is above chance");
        assertThat(judge(PromotionGate.builder().notWorse(Metric.AUROC, 0.02).build(), wrongAt(2), null).outcome())
                .isEqualTo(Outcome.FIRST_CHAMPION);
    }

    @Test
    void theLowerEndOfThePairedIntervalDecides() {
        Evaluation champion = wrongAt(5);
        Evaluation challenger = wrongAt(4);
        PairedComparison compared = PairedComparison.of(champion, challenger, Metric.BALANCED_ACCURACY, 2000, 1);
        PromotionGate.Builder gate = PromotionGate.builder();
        double needed = -compared.lower();

        PromotionGate.Verdict strict = judge(gate.notWorse(Metric.BALANCED_ACCURACY, needed - 1e-6).build(), challenger, champion);
        PromotionGate.Verdict generous = judge(gate.notWorse(Metric.BALANCED_ACCURACY, needed + 1e-6).build(), challenger, champion);
        PromotionGate.Verdict byEstimate = judge(gate.notWorse(Metric.BALANCED_ACCURACY, needed - 1e-6)
                .evidence(PromotionGate.Evidence.ESTIMATE).build(), challenger, champion);

        assertThat(compared.lower()).isLessThan(compared.difference());
        assertThat(strict.outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(strict.reason()).startsWith("BALANCED_ACCURACY: the champion has 0.800, the challenger 0.750, so that it"
                + " gains -0.050 (95 % interval ").contains(", which may be worse by more than the margin of ");
        assertThat(generous.outcome()).isEqualTo(Outcome.PROMOTED);
        assertThat(byEstimate.outcome()).isEqualTo(Outcome.PROMOTED);
        assertThat(check(strict, "BALANCED_ACCURACY").lower()).isEqualTo(compared.lower());
    }

    @Test
    void oneSubjectOfEachClassHasNoInterval() {
        Evaluation one = Evaluation.of(wrongAt(5).scores().subList(4, 8), 0.5);
        PromotionGate.Builder gate = PromotionGate.builder().notWorse(Metric.AUROC, 0.1).subjects(1);

        PromotionGate.Verdict byInterval = judge(gate.build(), one, one);
        assertThat(byInterval.outcome()).isEqualTo(Outcome.TOO_FEW_SUBJECTS);
        assertThat(check(byInterval, "AUROC").finding()).endsWith("(95 % interval none); there is no interval to judge by");
        assertThat(judge(gate.evidence(PromotionGate.Evidence.ESTIMATE).build(), one, one).outcome())
                .isEqualTo(Outcome.PROMOTED);
    }

    @Test
    void ofALossLessIsBetter() {
        PromotionGate gate = PromotionGate.builder().notWorse(Metric.BRIER_SCORE, 0.01).build();

        assertThat(judge(gate, wrongAt(0), wrongAt(4)).outcome()).isEqualTo(Outcome.PROMOTED);
        PromotionGate.Verdict worse = judge(gate, wrongAt(2), wrongAt(0));
        assertThat(worse.outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(check(worse, "BRIER_SCORE").value()).isNegative();
    }

    @Test
    void noGroupMayBeWorseThanItsBound() {
        PromotionGate gate = PromotionGate.builder().notWorse(Metric.AUROC, 1)
                .addGroup(new PromotionGate.GroupRule("sex", Metric.BALANCED_ACCURACY, 0.1, 5))
                .addGroup(new PromotionGate.GroupRule("hospital", Metric.BALANCED_ACCURACY, 0.1, 5)).build();
        List<RecordingScore> scores = new ArrayList<>();
        for (RecordingScore one : wrongAt(0).scores()) {
            int subject = Integer.parseInt(one.subject().substring(1));
            scores.add(subject < 12
                    ? new RecordingScore(one.recording(), one.subject(), one.label(), 1 - one.probability(), List.of())
                    : one);
        }

        PromotionGate.Verdict verdict = judge(gate, Evaluation.of(scores, 0.5), wrongAt(0));

        assertThat(verdict.outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(verdict.reason()).isEqualTo("sex=F BALANCED_ACCURACY: the champion has 1.000, the challenger 0.500, from 32"
                + " recordings of 16 subjects; worse than the bound of 0.1");
        assertThat(check(verdict, "sex=M BALANCED_ACCURACY").result()).isEqualTo(Result.PASSED);
        assertThat(check(verdict, "sex=X BALANCED_ACCURACY").result()).isEqualTo(Result.NOT_JUDGED);
        assertThat(check(verdict, "hospital").finding()).isEqualTo("no held-out recording says its hospital");
    }

    @Test
    void aFailedProbeStopsTheChallenger() {
        ProbeResult failed = new ProbeResult("noise-only", "?", ProbeResult.Verdict.FAILED, "AUROC 0.9 without speech", List.of());
        ProbeResult warned = new ProbeResult("silence", "?", ProbeResult.Verdict.WARNING, "hm", List.of());

        assertThat(judge(PromotionGate.standard(), wrongAt(5), wrongAt(5), warned).outcome())
                .isEqualTo(Outcome.PROMOTED);
        PromotionGate.Verdict verdict = judge(PromotionGate.standard(), wrongAt(5), wrongAt(5), warned, failed);
        assertThat(verdict.outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(verdict.reason()).isEqualTo("probe noise-only: FAILED, AUROC 0.9 without speech");
    }

    @Test
    void calibrationAndLeastValuesAreAskedOfTheFirstChampionToo() {
        PromotionGate gate = PromotionGate.builder().notWorse(Metric.AUROC, 0.1).atLeast(Metric.SENSITIVITY, 0.9)
                .calibrationError(0.2).build();

        assertThat(judge(gate, wrongAt(0), null).outcome()).isEqualTo(Outcome.FIRST_CHAMPION);
        PromotionGate.Verdict poor = judge(gate, wrongAt(3), null);
        assertThat(poor.outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(check(poor, "least SENSITIVITY").result()).isEqualTo(Result.FAILED);
        assertThat(check(poor, "calibration").finding()).startsWith("CALIBRATION_ERROR of the challenger is ");
    }

    @Test
    void theDefaultsAreThese() {
        PromotionGate standard = PromotionGate.standard();
        assertThat(standard.margins()).isEqualTo(Map.of(Metric.AUROC, 0.02, Metric.BALANCED_ACCURACY, 0.05));
        assertThat(standard.subjects()).isEqualTo(10);
        assertThat(standard.replicates()).isEqualTo(2000);
        assertThat(standard.evidence()).isEqualTo(PromotionGate.Evidence.INTERVAL);
        assertThat(standard.calibrationError()).isEmpty();
        assertThat(ChangePlan.standard().oneLabelPerSubject()).isTrue();
        assertThat(ChangePlan.standard().largestQuarantinedShare()).isEqualTo(1);
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThatThrownBy(() -> PromotionGate.builder().notWorse(Metric.AUROC, -0.1))
                .hasMessage("the margin of AUROC must be 0 or more, but was -0.1");
        assertThatThrownBy(() -> PromotionGate.builder().calibrationError(0))
                .hasMessage("the calibration error must be above 0 and at most 1, but was 0.0");
        assertThatThrownBy(() -> ChangePlan.builder().looks(3).build())
                .hasMessage(
                        "reference must name subjects where looks are limited, but was empty; name them, or do not limit looks");
        assertThatThrownBy(() -> new ChangePlan.Range(2, 1))
                .hasMessage("a range must go from least to most, but was 2.0 to 1.0");
    }
}
