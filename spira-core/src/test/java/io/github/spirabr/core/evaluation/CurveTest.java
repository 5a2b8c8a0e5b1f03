package io.github.spirabr.core.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.spirabr.core.evaluation.Evaluation.CalibrationBin;
import io.github.spirabr.core.recording.Label;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class CurveTest {

    private static final int REPLICATES = 100;

    private static RecordingScore score(String recording, String subject, Label label, double probability) {
        return new RecordingScore(recording, subject, label, probability, List.of(probability));
    }

    private static Label label(String code) {
        return code.equals("1") ? Label.PATIENT : Label.CONTROL;
    }

    private static Evaluation evaluation(String labels, String scores) {
        String[] label = labels.split(" ");
        String[] score = scores.split(" ");
        return Evaluation.of(IntStream.range(0, label.length)
                .mapToObj(i -> score("r" + i, "s" + i, label(label[i]), Double.parseDouble(score[i])))
                .toList(), 0.5);
    }

    @Test
    void everyPointIsThatOfScikitLearn() throws IOException {
        int compared = 0;
        try (BufferedReader golden = new BufferedReader(new InputStreamReader(
                CurveTest.class.getResourceAsStream("curves-golden.csv"), StandardCharsets.UTF_8))) {
            golden.readLine();
            for (String line = golden.readLine(); line != null; line = golden.readLine()) {
                String[] cells = line.split(",");
                double[][] points = points(cells[0], evaluation(cells[1], cells[2]));
                assertThat(points[0]).as(line).containsExactly(numbers(cells[3]), within(1e-12));
                assertThat(points[1]).as(line).containsExactly(numbers(cells[4]), within(1e-12));
                compared++;
            }
        }
        assertThat(compared).isEqualTo(45);
    }

    private static double[][] points(String curve, Evaluation evaluation) {
        if (curve.equals("calibration")) {
            List<CalibrationBin> bins = CalibrationBin.of(evaluation, REPLICATES, 1);
            return new double[][] {
                bins.stream().mapToDouble(CalibrationBin::meanProbability).toArray(),
                bins.stream().mapToDouble(CalibrationBin::patients).toArray()
            };
        }
        List<Curve.Point> points = (curve.equals("roc")
                ? Curve.roc(evaluation, REPLICATES, 1) : Curve.precisionRecall(evaluation, REPLICATES, 1)).points();
        return new double[][] {
            points.stream().mapToDouble(Curve.Point::x).toArray(), points.stream().mapToDouble(Curve.Point::y).toArray()
        };
    }

    private static double[] numbers(String cell) {
        return Arrays.stream(cell.split(" ")).mapToDouble(Double::parseDouble).toArray();
    }

    @Provide
    Arbitrary<Evaluation> answers() {
        Arbitrary<Double> probability = Arbitraries.integers().between(0, 20).map(i -> i / 20.0);
        return Combinators.combine(Arbitraries.of(Label.values()), probability, Arbitraries.integers().between(0, 8))
                .as(List::of).list().ofMinSize(2).ofMaxSize(40)
                .map(rows -> Evaluation.of(IntStream.range(0, rows.size())
                        .mapToObj(i -> score("r" + i, "s" + rows.get(i).get(2), (Label) rows.get(i).get(0),
                                (Double) rows.get(i).get(1)))
                        .toList(), 0.5));
    }

    @Property(tries = 100)
    void theAreasUnderTheCurvesAreTheMetrics(@ForAll("answers") Evaluation evaluation) {
        double auroc = evaluation.value(Metric.AUROC);
        List<Curve.Point> roc = Curve.roc(evaluation, REPLICATES, 1).points();
        assertThat(roc.isEmpty()).isEqualTo(Double.isNaN(auroc));
        double area = 0;
        for (int i = 1; i < roc.size(); i++) {
            area += (roc.get(i).x() - roc.get(i - 1).x()) * (roc.get(i).y() + roc.get(i - 1).y()) / 2;
        }
        if (!roc.isEmpty()) {
            assertThat(area).isCloseTo(auroc, within(1e-9));
        }
        double auprc = evaluation.value(Metric.AUPRC);
        List<Curve.Point> curve = Curve.precisionRecall(evaluation, REPLICATES, 1).points();
        assertThat(curve.isEmpty()).isEqualTo(Double.isNaN(auprc));
        double mean = 0;
        double recall = 0;
        for (Curve.Point point : curve) {
            mean += (point.x() - recall) * point.y();
            recall = point.x();
        }
        if (!curve.isEmpty()) {
            assertThat(mean).isCloseTo(auprc, within(1e-9));
        }
    }

    @Property(tries = 100)
    void theBinsAddUpToTheCalibrationError(@ForAll("answers") Evaluation evaluation) {
        double sum = 0;
        int answers = 0;
        for (CalibrationBin bin : CalibrationBin.of(evaluation, REPLICATES, 1)) {
            sum += bin.answers() * Math.abs(bin.meanProbability() - bin.patients());
            answers += bin.answers();
            assertThat(bin.subjects()).isBetween(1, bin.answers());
            assertThat(bin.meanProbability()).isBetween(bin.from() - 1e-9, bin.to() + 1e-9);
        }
        assertThat(answers).isEqualTo(evaluation.scores().size());
        assertThat(sum / answers).isCloseTo(evaluation.value(Metric.CALIBRATION_ERROR), within(1e-9));
    }

    @Property(tries = 100)
    void bandsAreShares(@ForAll("answers") Evaluation evaluation) {
        List<Curve.Band> bands = new ArrayList<>(Curve.roc(evaluation, REPLICATES, 1).band());
        bands.addAll(Curve.precisionRecall(evaluation, REPLICATES, 1).band());
        assertThat(bands).allSatisfy(band -> {
            if (!Double.isNaN(band.lower())) {
                assertThat(band.lower()).isBetween(0.0, band.upper());
                assertThat(band.upper()).isBetween(band.lower(), 1.0);
            }
        });
    }

    private static Evaluation drawn(int subjects, int recordings, long seed) {
        Random random = new Random(seed);
        List<RecordingScore> scores = new ArrayList<>();
        for (int s = 0; s < subjects; s++) {
            Label label = s % 2 == 0 ? Label.CONTROL : Label.PATIENT;
            double own = random.nextGaussian();
            for (int r = 0; r < recordings; r++) {
                double logit = label.code() * 1.5 - 0.75 + own + 0.3 * random.nextGaussian();
                scores.add(score("r" + s + "-" + r, "s" + s, label, 1 / (1 + Math.exp(-logit))));
            }
        }
        return Evaluation.of(scores, 0.5);
    }

    @Test
    @Tag("slow")
    void theBandHoldsTheTruthInAboutNineteenOfTwentyCases() {
        Evaluation everybody = drawn(40_000, 1, 1);
        double[] truth = {heightAt(everybody, 0.1), heightAt(everybody, 0.3), heightAt(everybody, 0.6)};
        int held = 0;
        int asked = 0;
        for (int simulation = 0; simulation < 100; simulation++) {
            List<Curve.Band> band = Curve.roc(drawn(80, 3, 100 + simulation), 200, simulation).band();
            for (int i = 0; i < truth.length; i++) {
                Curve.Band at = band.get(new int[] {10, 30, 60}[i]);
                held += at.lower() <= truth[i] && truth[i] <= at.upper() ? 1 : 0;
                asked++;
            }
        }
        assertThat((double) held / asked).isBetween(0.91, 0.99);
    }

    private static double heightAt(Evaluation evaluation, double x) {
        int[] subjects = IntStream.range(0, evaluation.scores().size()).toArray();
        int[] once = IntStream.of(subjects).map(any -> 1).toArray();
        ScoreTable.Sweep sweep = new ScoreTable(evaluation.scores(), subjects).sweep(once);
        int last = sweep.thresholds().length - 1;
        int i = 0;
        while (sweep.falsePositives()[i + 1] <= x * sweep.falsePositives()[last]) {
            i++;
        }
        return sweep.truePositives()[i] / sweep.truePositives()[last];
    }

    @Test
    void theBandIsOfSubjectsNotOfRecordings() {
        double ofMany = width(drawn(50, 1, 7));
        double ofRepeated = width(repeated(drawn(50, 1, 7), 10));
        assertThat(ofRepeated).isCloseTo(ofMany, within(1e-9));
    }

    private static Evaluation repeated(Evaluation evaluation, int times) {
        List<RecordingScore> scores = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            int copy = i;
            evaluation.scores().forEach(one ->
                    scores.add(score(one.recording() + "-" + copy, one.subject(), one.label(), one.probability())));
        }
        return Evaluation.of(scores, 0.5);
    }

    private static double width(Evaluation evaluation) {
        Curve.Band band = Curve.roc(evaluation, 500, 3).band().get(20);
        return band.upper() - band.lower();
    }

    @Test
    void perfectAnswersOfThreePatientsAreNoCertainty() {
        Curve roc = Curve.roc(evaluation("0 0 0 1 1 1", "0.1 0.2 0.3 0.7 0.8 0.9"), REPLICATES, 1);
        assertThat(roc.band()).allSatisfy(band -> {
            assertThat(band.lower()).isCloseTo(Math.pow(0.025, 1.0 / 3), within(1e-9));
            assertThat(band.upper()).isEqualTo(1);
        });
    }

    @Test
    void thePrecisionOfAFewAnswersIsNoCertaintyEither() {
        Curve curve = Curve.precisionRecall(evaluation("0 0 0 1 1 1", "0.1 0.2 0.3 0.7 0.8 0.9"), REPLICATES, 1);
        assertThat(curve.band().get(1).lower()).isCloseTo(0.025, within(1e-9));
        assertThat(curve.band().get(100).lower()).isCloseTo(Math.pow(0.025, 1.0 / 3), within(1e-9));
    }

    @Test
    void twoSubjectsAreNoCertaintyWhateverTheyGot() {
        Evaluation evaluation = Evaluation.of(List.of(
                score("a1", "a", Label.CONTROL, 0.1), score("a2", "a", Label.PATIENT, 0.4),
                score("b1", "b", Label.CONTROL, 0.6), score("b2", "b", Label.PATIENT, 0.9)), 0.5);
        assertThat(Curve.roc(evaluation, REPLICATES, 1).band()).allSatisfy(band ->
                assertThat(band.upper() - band.lower()).isGreaterThan(0.8));
    }

    @Property(tries = 100)
    void theCurveLiesInItsBand(@ForAll("answers") Evaluation evaluation) {
        Curve roc = Curve.roc(evaluation, REPLICATES, 1);
        for (Curve.Band band : roc.band()) {
            double highest = roc.points().stream().filter(point -> point.x() <= band.x()).mapToDouble(Curve.Point::y).max()
                    .orElseThrow();
            assertThat(band.upper()).isGreaterThanOrEqualTo(highest - 1e-9);
            assertThat(band.lower()).isLessThanOrEqualTo(
                    roc.points().stream().filter(point -> point.x() >= band.x()).mapToDouble(Curve.Point::y).max()
                            .orElseThrow() + 1e-9);
        }
    }

    @Property(tries = 100)
    void theBandOfASensitivityNeverFalls(@ForAll("answers") Evaluation evaluation) {
        List<Curve.Band> band = Curve.roc(evaluation, REPLICATES, 1).band();
        for (int i = 1; i < band.size(); i++) {
            assertThat(band.get(i).lower()).isGreaterThanOrEqualTo(band.get(i - 1).lower());
            assertThat(band.get(i).upper()).isGreaterThanOrEqualTo(band.get(i - 1).upper());
        }
    }

    @Test
    void theSameSeedGivesTheSameBand() {
        Evaluation evaluation = drawn(30, 2, 5);
        assertThat(Curve.roc(evaluation, 200, 9)).isEqualTo(Curve.roc(evaluation, 200, 9));
        assertThat(Curve.roc(evaluation, 200, 9).band()).isNotEqualTo(Curve.roc(evaluation, 200, 10).band());
    }

    @Test
    void withoutAClassThereIsNoCurve() {
        Evaluation controls = evaluation("0 0", "0.2 0.7");
        assertThat(Curve.roc(controls, REPLICATES, 1)).isEqualTo(new Curve(List.of(), List.of()));
        assertThat(Curve.precisionRecall(controls, REPLICATES, 1)).isEqualTo(new Curve(List.of(), List.of()));
        assertThat(Curve.roc(evaluation("1 1", "0.2 0.7"), REPLICATES, 1).points()).isEmpty();
        assertThat(CalibrationBin.of(controls, REPLICATES, 1)).extracting(CalibrationBin::patients).containsExactly(0.0, 0.0);
    }

    @Test
    void tooFewReplicatesAreRefused() {
        Evaluation evaluation = drawn(4, 1, 5);
        assertThatThrownBy(() -> Curve.roc(evaluation, 99, 1)).hasMessageContaining("at least 100, but were 99");
        assertThatThrownBy(() -> CalibrationBin.of(evaluation, 99, 1)).hasMessageContaining("at least 100, but were 99");
    }
}
