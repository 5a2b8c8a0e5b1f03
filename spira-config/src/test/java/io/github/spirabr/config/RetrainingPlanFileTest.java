package io.github.spirabr.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.spirabr.core.continuous.ChangePlan;
import io.github.spirabr.core.evaluation.Metric;
import io.github.spirabr.core.promotion.PromotionGate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetrainingPlanFileTest {

    @TempDir
    Path folder;

    private RetrainingPlan read(String... lines) throws IOException {
        Files.writeString(folder.resolve("plan.yaml"), String.join("\n", lines) + "\n");
        return RetrainingPlanFile.at(folder.resolve("plan.yaml")).read();
    }

    @Test
    void allThatAPlanCanSayIsRead() throws IOException {
        RetrainingPlan plan = read(
                "triggers: {newRecordings: 20, newSubjects: 3, growth: 0.1, days: 30, withdrawals: true,",
                "  drop: {metric: balanced-accuracy, by: 0.1}}",
                "gate:",
                "  subjects: 5",
                "  evidence: estimate",
                "  replicates: 500",
                "  calibrationError: 0.3",
                "  notWorse: {auroc: 0.03, sensitivity: 0.05}",
                "  atLeast: {specificity: 0.7}",
                "  groups:",
                "    - {column: sex, margin: 0.1}",
                "    - {column: hospital, metric: auroc, margin: 0.2, subjects: 8}",
                "data:",
                "  columns: [{column: hospital, values: [north, south]}]",
                "  oneLabelPerSubject: false",
                "  labelCheck: false",
                "  largestQuarantinedShare: 0.25",
                "settings:",
                "  mayChange:",
                "    - {setting: trainer.epochs, least: 10, most: 200}",
                "    - {setting: seed}",
                "reference: {subjects: [s1, s2], looks: 12}",
                "shares: {training: 0.5, validation: 0.2, test: 0.3}",
                "journal: history",
                "feedback: [late/labels.csv]",
                "fineTune: true",
                "lease: 90");

        assertThat(plan.triggers()).hasSize(6);
        PromotionGate gate = plan.changes().gate();
        assertThat(gate.subjects()).isEqualTo(5);
        assertThat(gate.evidence()).isEqualTo(PromotionGate.Evidence.ESTIMATE);
        assertThat(gate.replicates()).isEqualTo(500);
        assertThat(gate.calibrationError()).isEqualTo(OptionalDouble.of(0.3));
        assertThat(gate.margins()).isEqualTo(Map.of(Metric.AUROC, 0.03, Metric.SENSITIVITY, 0.05));
        assertThat(gate.leastValues()).isEqualTo(Map.of(Metric.SPECIFICITY, 0.7));
        assertThat(gate.groups()).containsExactly(
                new PromotionGate.GroupRule("sex", Metric.BALANCED_ACCURACY, 0.1, 5),
                new PromotionGate.GroupRule("hospital", Metric.AUROC, 0.2, 8));
        ChangePlan changes = plan.changes();
        assertThat(changes.columns()).isEqualTo(Map.of("hospital", Set.of("north", "south")));
        assertThat(changes.oneLabelPerSubject()).isFalse();
        assertThat(changes.labelCheck()).isFalse();
        assertThat(changes.largestQuarantinedShare()).isEqualTo(0.25);
        assertThat(changes.settings()).isEqualTo(Map.of(
                "trainer.epochs", new ChangePlan.Range(10, 200), "seed", ChangePlan.Range.ANY,
                "trainer.pretrained.weights", ChangePlan.Range.ANY, "trainer.pretrained.sha256", ChangePlan.Range.ANY,
                "trainer.pretrained.reinitialise", ChangePlan.Range.ANY));
        assertThat(changes.reference()).containsExactly("s1", "s2");
        assertThat(changes.looks()).isEqualTo(OptionalInt.of(12));
        assertThat(plan.shares()).isEqualTo(new RetrainingPlan.Shares(0.5, 0.2, 0.3));
        assertThat(plan.journal()).contains(StoragePlace.at(folder.resolve("history")));
        assertThat(plan.feedback()).containsExactly(folder.resolve("late/labels.csv"));
        assertThat(plan.fineTune()).isTrue();
        assertThat(plan.lease()).isEqualTo(Duration.ofSeconds(90));
    }

    @Test
    void whatIsLeftOutIsStandard() throws IOException {
        RetrainingPlan plan = read("gate: {subjects: 4}");

        assertThat(plan.changes().gate().margins()).isEqualTo(PromotionGate.standard().margins());
        assertThat(plan.changes().gate().subjects()).isEqualTo(4);
        assertThat(plan.changes().oneLabelPerSubject()).isTrue();
        assertThat(plan.triggers()).isEmpty();
        assertThat(plan.shares()).isEqualTo(RetrainingPlan.Shares.STANDARD);
        assertThat(plan.lease()).isEqualTo(Duration.ofMinutes(10));
        assertThat(read("gate: {withoutThresholds: true}").changes().gate().margins()).isEmpty();
        assertThat(read("journal: any://bucket/rounds").journal()).contains(new StoragePlace("any://bucket/rounds"));
        assertThatThrownBy(() -> read("journal: any://elsewhere"))
                .hasMessageContaining("plan.yaml:1:1: journal: 'any://elsewhere' names no bucket");
    }

    @Test
    void allFaultsAreToldAtOnceWithTheirPlaces() {
        assertThatThrownBy(() -> read(
                "gaet: {subjects: 3}",
                "gate:",
                "  notWorse: {aurok: 0.1}",
                "  subjects: 0",
                "triggers: {growth: -1}",
                "reference: {subjects: [a], looks: none}",
                "shares: {training: 0.9, validation: 0.2, test: 0.2}"))
                .isInstanceOf(InvalidExperimentException.class)
                .hasMessageContaining("plan.yaml:1:1: gaet")
                .hasMessageContaining("plan.yaml:3:14: gate.notWorse.aurok is unknown")
                .hasMessageContaining("did you mean 'notWorse.auroc'")
                .hasMessageContaining("plan.yaml:4:3: gate.subjects must be at least 1, but was 0")
                .hasMessageContaining("plan.yaml:5:12: triggers.growth must be above 0, but was -1")
                .hasMessageContaining("reference.looks")
                .hasMessageContaining("add up to 1");
        assertThatThrownBy(() -> RetrainingPlanFile.at(folder.resolve("none.yaml")).read())
                .hasMessageContaining("there is no file").hasMessageContaining("correct the path");
        assertThatThrownBy(() -> read("- a list")).hasMessageContaining("a plan must be a group of settings such as 'gate:'");
    }
}
