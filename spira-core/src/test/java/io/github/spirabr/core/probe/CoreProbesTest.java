package io.github.spirabr.core.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.component.Components;
import io.github.spirabr.core.probe.ProbeResult.Measurement;
import io.github.spirabr.core.probe.ProbeResult.Verdict;
import io.github.spirabr.core.probe.Robustness.Bounds;
import io.github.spirabr.core.random.RandomStreams;
import io.github.spirabr.core.recording.Label;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CoreProbesTest {

    private static double draw(String purpose, String id) {
        return new RandomStreams(1).stream(purpose, 0, id).nextDouble();
    }

    private static double figure(ProbeResult result, String name) {
        return result.measurements().stream().filter(one -> one.name().equals(name)).mapToDouble(Measurement::value).findFirst()
                .orElseThrow();
    }

    /** Of patients three in four are of the hospital H, of controls one in four. */
    private static Map<String, String> hospital(String id) {
        boolean often = draw("hospital", id) < 0.75;
        return Map.of("hospital", id.startsWith("p") == often ? "H" : "U", "sex", draw("sex", id) < 0.5 ? "F" : "M");
    }

    private static final MetadataOnly METADATA =
            MetadataOnly.of(waveform -> Map.of("level", (double) waveform.sample(0)));

    @Test
    void aColumnThatTellsTheClassIsNamedAndNeverFails() {
        ProbedRecordings model = ProbedRecordings.of(60, id -> Map.of("device", id.startsWith("p") ? "phone" : "studio",
                "sex", draw("sex", id) < 0.5 ? "F" : "M"), id -> draw("level", id), (waveform, recording) -> 0.5);
        ProbeResult result = METADATA.examine(model);
        assertThat(result.verdict()).isEqualTo(Verdict.WARNING);
        assertThat(result.finding()).contains("the strongest single one is 'device', 1.000", "learn this instead of speech");
        assertThat(figure(result, "AUROC, metadata only")).isEqualTo(1);
        ProbeResult without = METADATA.without(List.of("device")).examine(model);
        assertThat(figure(without, "AUROC, metadata only")).isBetween(0.25, 0.75);
    }

    @Test
    void aMeasureThatTellsTheClassIsNamed() {
        ProbedRecordings model = ProbedRecordings.of(60, id -> Map.of(), id -> draw("level", id) + (id.startsWith("p") ? 1 : 0),
                (waveform, recording) -> 0.5);
        ProbeResult result = METADATA.examine(model);
        assertThat(result.verdict()).isEqualTo(Verdict.WARNING);
        assertThat(result.finding()).contains("the strongest single one is 'level'");
    }

    @Test
    void columnsThatKnowNothingPass() {
        ProbedRecordings model = ProbedRecordings.of(300, id -> Map.of("sex", draw("sex", id) < 0.5 ? "F" : "M", "id", id),
                id -> draw("level", id), (waveform, recording) -> recording.label() == Label.PATIENT ? 0.9 : 0.1);
        ProbeResult result = METADATA.examine(model);
        assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(figure(result, "AUROC, model less metadata only")).isGreaterThan(0.3);
        assertThat(result.measurements()).extracting(Measurement::name).doesNotContain("AUROC, id alone");
    }

    @Test
    void nothingToGoByIsInconclusive() {
        ProbedRecordings model = ProbedRecordings.of(10, id -> Map.of(), id -> 1, (waveform, recording) -> 0.5);
        assertThat(METADATA.examine(model).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        ProbeResult matched = MatchedSubjects.onAllColumns().examine(model);
        assertThat(matched.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(matched.finding()).isEqualTo("No column of the manifest divides the subjects of the training set into groups, "
                + "so there is nothing to match on.");
    }

    @Test
    void aModelThatKnowsTheHospitalFailsAmongMatchedSubjects() {
        ProbedRecordings model = ProbedRecordings.of(200, CoreProbesTest::hospital, id -> 0, (waveform, recording) ->
                (recording.metadata().get("hospital").equals("H") ? 0.6 : 0.2) + 0.2 * draw("noise", recording.id()));
        ProbeResult result = MatchedSubjects.onAllColumns().examine(model);
        assertThat(result.verdict()).as(result.toString()).isEqualTo(Verdict.FAILED);
        assertThat(figure(result, "AUROC, all subjects")).isGreaterThan(0.7);
        assertThat(figure(result, "AUROC, matched subjects")).isBetween(0.35, 0.65);
        assertThat(figure(result, "AUROC of the columns, matched subjects")).isBetween(0.4, 0.6);
    }

    @Test
    void aModelThatKnowsTheSpeechPassesAmongMatchedSubjects() {
        ProbedRecordings model = ProbedRecordings.of(200, CoreProbesTest::hospital, id -> 0, (waveform, recording) ->
                recording.label().code() * 0.4 + 0.5 * draw("noise", recording.id()));
        ProbeResult result = MatchedSubjects.onAllColumns().columns(List.of("hospital")).examine(model);
        assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(result.finding()).contains("pairs of a patient and a control that are alike in hospital");
    }

    @Test
    void fewPairsAreInconclusive() {
        ProbedRecordings model = ProbedRecordings.of(12, CoreProbesTest::hospital, id -> 0,
                (waveform, recording) -> recording.label().code() * 0.9);
        assertThat(MatchedSubjects.onAllColumns().examine(model).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    /** Right for loud recordings, and for soft ones as well as a coin. */
    private static ProbeResult softer(int subjects, double factor, boolean mustHold) {
        ProbedRecordings model = ProbedRecordings.of(subjects, id -> Map.of(), id -> 1, (waveform, recording) ->
                waveform.sample(0) > 0.5 ? 0.1 + 0.8 * recording.label().code() : draw("coin", recording.id()));
        Map<String, ProbedModel.WaveformChange> changes = new LinkedHashMap<>();
        changes.put("a bit louder", (waveform, recording) -> Waveform.of(new float[] {1.1f}, 8000));
        changes.put("softer", (waveform, recording) -> Waveform.of(new float[] {(float) factor}, 8000));
        return Robustness.examine(model, "level", "?", changes, new Bounds(0.1, 0.1, mustHold));
    }

    @Test
    void answersThatDoNotHoldWarnOrFailAsIsAskedFor() {
        assertThat(softer(100, 0.1, false).verdict()).isEqualTo(Verdict.WARNING);
        ProbeResult failed = softer(100, 0.1, true);
        assertThat(failed.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(failed.finding()).startsWith("At worst, under softer ").contains("allowed are 10.0 % flips");
        assertThat(figure(failed, "flipped calls, a bit louder")).isZero();
        assertThat(figure(failed, "flipped calls, softer")).isBetween(0.3, 0.7);
        assertThat(figure(failed, "AUROC change, softer")).isBetween(-0.7, -0.3);
    }

    @Test
    void answersThatHoldPassIfThereAreEnoughOfThem() {
        assertThat(softer(100, 0.9, true).verdict()).isEqualTo(Verdict.PASSED);
        assertThat(softer(8, 0.9, true).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void trainingsOnShuffledLabelsThatStayAtChancePass() {
        ProbedRecordings model = ProbedRecordings.of(200, id -> Map.of(), id -> 1, (waveform, recording) -> 0.5);
        ProbeResult result = PermutedLabels.of(5).examine(model);
        assertThat(result.verdict()).as(result.toString()).isEqualTo(Verdict.PASSED);
        assertThat(result.measurements()).hasSize(6);
        assertThat(figure(result, "mean AUROC")).isBetween(0.4, 0.6);
        ProbedRecordings small = ProbedRecordings.of(5, id -> Map.of(), id -> 1, (waveform, recording) -> 0.5);
        assertThat(PermutedLabels.of(2).examine(small).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThatThrownBy(() -> PermutedLabels.of(1)).hasMessage("trainings: must be between 2 and 1000, but was 1");
    }

    @Test
    void whatIsDescribedIsMadeAgain() {
        Probe permuted = PermutedLabels.of(3).bound(0.8);
        assertThat(Components.discover().create(Probe.class, "probes[0]", permuted.description()).description())
                .isEqualTo(permuted.description());
        Probe probe = MatchedSubjects.onAllColumns().without(List.of("b", "a")).largestDrop(0.2);
        Probe again = Components.discover().create(Probe.class, "probes[0]", probe.description());
        assertThat(again.description()).isEqualTo(probe.description());
        assertThatThrownBy(() -> MatchedSubjects.onAllColumns().largestDrop(2))
                .hasMessage("largestDrop must be in [0, 1], but was 2.0");
        assertThatThrownBy(() -> new Bounds(-1, 0, true)).hasMessage("largestFlips must be in [0, 1], but was -1.0");
    }
}
