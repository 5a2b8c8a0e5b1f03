package io.github.spirabr.core.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.spirabr.core.internal.DocumentException;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import io.github.spirabr.core.quality.InputStatistics.OfSubject;
import io.github.spirabr.core.random.RandomStreams;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class InputStatisticsTest {

    private static final int FEATURES = 6;

    /** A recording of two windows; the first feature is far from zero, as the first cepstral coefficient is. */
    private static InputMeasures recording(RandomGenerator random, double shift) {
        double own = random.nextGaussian();
        List<FeatureMatrix> windows = new ArrayList<>();
        for (int w = 0; w < 2; w++) {
            float[] values = new float[20 * FEATURES];
            for (int i = 0; i < values.length; i++) {
                int feature = i % FEATURES;
                values[i] = (float) (own * (feature + 1) + random.nextGaussian() + shift - (feature == 0 ? 400 : 0));
            }
            windows.add(FeatureMatrix.of(20, FEATURES, values));
        }
        return InputMeasures.of(new SignalLevels(3, 0.5, 0, 0.1, -25 + own, -50, 25), windows);
    }

    private static List<OfSubject> training(int subjects) {
        RandomGenerator random = new RandomStreams(5).stream("recordings", 0, "training");
        List<OfSubject> training = new ArrayList<>();
        for (int s = 0; s < subjects; s++) {
            for (int r = 0; r <= s % 3; r++) {
                training.add(new OfSubject("s" + s, recording(random, 0)));
            }
        }
        return training;
    }

    @Test
    void measuresAreMeansAndDeviationsOverAllFrames() {
        InputMeasures measures = InputMeasures.of(
                new SignalLevels(1, 0.5, 0, 0, -20, -60, 40),
                List.of(FeatureMatrix.of(2, 2, new float[] {1, 10, 3, 10}), FeatureMatrix.of(1, 2, new float[] {5, 10})));
        assertThat(measures.names()).hasSize(11).endsWith("feature.0.mean", "feature.1.mean", "feature.0.deviation",
                "feature.1.deviation").startsWith("durationSeconds", "peak");
        assertThat(measures.values()).containsExactly(
                new double[] {1, 0.5, 0, 0, -20, -60, 40, 3, 10, Math.sqrt(8.0 / 3), 0}, within(1e-12));
    }

    @Test
    void theDistanceIsTheRootMeanSquareOfZScores() {
        List<OfSubject> training = training(30);
        InputStatistics statistics = InputStatistics.fit(training, List.of());
        assertThat(statistics.recordings()).isEqualTo(training.size());
        assertThat(statistics.subjects()).isEqualTo(30);
        InputMeasures one = recording(new RandomStreams(6).stream("recordings", 0, ""), 1);
        assertThat(statistics.distance(one)).isCloseTo(naiveDistance(training, one), within(1e-9));
        double onAverage = training.stream()
                .mapToDouble(of -> Math.pow(statistics.distance(of.measures()), 2)).average().orElseThrow();
        assertThat(onAverage).isCloseTo(1, within(0.05));
    }

    /** By the textbook, two passes. */
    private static double naiveDistance(List<OfSubject> training, InputMeasures recording) {
        double squares = 0;
        double[] deviations = new double[2 * FEATURES];
        double[] means = new double[2 * FEATURES];
        for (int d = 0; d < 2 * FEATURES; d++) {
            int at = d + 7;
            double[] values = training.stream().mapToDouble(one -> one.measures().values()[at]).toArray();
            double mean = Arrays.stream(values).average().orElseThrow();
            means[d] = mean;
            deviations[d] = Math.sqrt(
                    Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum() / (values.length - 1));
        }
        for (int d = 0; d < 2 * FEATURES; d++) {
            squares += Math.pow((recording.values()[d + 7] - means[d]) / deviations[d], 2);
        }
        return Math.sqrt(squares / (2 * FEATURES));
    }

    @Test
    void theBoundMeasuresEachSubjectAgainstTheOthers() {
        List<OfSubject> training = training(12);
        double farthest = 0;
        for (OfSubject one : training) {
            List<OfSubject> others = training.stream().filter(of -> !of.subject().equals(one.subject())).toList();
            farthest = Math.max(farthest, naiveDistance(others, one.measures()));
        }
        assertThat(InputStatistics.fit(training, List.of()).bound()).hasValueCloseTo(1.5 * farthest, within(1e-9));
    }

    @Test
    void falseAlarmsAreCountedOnTheValidationSideAndChangeNothing() {
        List<InputMeasures> validation = new ArrayList<>();
        RandomGenerator random = new RandomStreams(7).stream("recordings", 0, "validation");
        for (int i = 0; i < 20; i++) {
            validation.add(recording(random, i < 3 ? 500 : 0));
        }
        InputStatistics alone = InputStatistics.fit(training(30), List.of());
        InputStatistics tried = InputStatistics.fit(training(30), validation);
        assertThat(tried.falseAlarms()).isEqualTo(3);
        assertThat(tried.validationRecordings()).isEqualTo(20);
        assertThat(tried.bound()).isEqualTo(alone.bound());
        assertThat(tried.measures()).isEqualTo(alone.measures());
    }

    @Test
    void ofFewSubjectsNothingIsCalledUnlike() {
        InputStatistics statistics = InputStatistics.fit(training(4), List.of());
        assertThat(statistics.bound()).isEmpty();
        assertThat(statistics.isUnlike(recording(new RandomStreams(1).stream("x", 0, ""), 1e6))).isFalse();
        assertThat(InputStatistics.read(statistics.describe())).isEqualTo(statistics);
    }

    @Property(tries = 40)
    void whatIsFarEnoughIsUnlikeWhateverTheScale(
            @ForAll @IntRange(min = -3, max = 3) int exponent, @ForAll @IntRange(min = 5, max = 40) int subjects) {
        double scale = Math.pow(10, exponent);
        InputStatistics statistics = InputStatistics.fit(
                training(subjects).stream().map(one -> new OfSubject(one.subject(), scaled(one.measures(), scale))).toList(),
                List.of());
        RandomGenerator random = new RandomStreams(9).stream("recordings", 0, "new");
        assertThat(statistics.isUnlike(scaled(recording(random, 300), scale))).isTrue();
        assertThat(statistics.isUnlike(scaled(recording(random, 0), scale))).isFalse();
        assertThat(InputStatistics.read(statistics.describe())).isEqualTo(statistics);
    }

    private static InputMeasures scaled(InputMeasures measures, double scale) {
        float[] rows = new float[2 * FEATURES];
        for (int f = 0; f < FEATURES; f++) {
            double mean = measures.values()[7 + f];
            double deviation = measures.values()[7 + FEATURES + f];
            rows[f] = (float) (scale * (mean - deviation));
            rows[FEATURES + f] = (float) (scale * (mean + deviation));
        }
        return InputMeasures.of(measures.levels(), List.of(FeatureMatrix.of(2, FEATURES, rows)));
    }

    @Test
    void whatNeverMovedInTrainingIsNoDivisionByZero() {
        InputMeasures still = InputMeasures.of(
                new SignalLevels(1, 0, 0, 1, -120, -120, 0), List.of(FeatureMatrix.of(2, 1, new float[] {3, 3})));
        List<OfSubject> training = new ArrayList<>();
        for (int s = 0; s < 6; s++) {
            training.add(new OfSubject("s" + s, still));
        }
        InputStatistics statistics = InputStatistics.fit(training, List.of(still));
        assertThat(statistics.distance(still)).isZero();
        assertThat(statistics.falseAlarms()).isZero();
    }

    @Test
    void whatIsDamagedOrOfAnotherFormatIsRefused() {
        Map<String, String> text = new TreeMap<>(InputStatistics.fit(training(6), List.of()).describe());
        text.put("format", "2");
        assertThatThrownBy(() -> InputStatistics.read(text))
                .isInstanceOf(DocumentException.class).hasMessageContaining("format 2").hasMessageContaining("newer than 1");
        text.put("format", "1");
        text.remove("measure.feature.3.mean");
        assertThatThrownBy(() -> InputStatistics.read(text))
                .isInstanceOf(DocumentException.class).hasMessageContaining("damaged").hasMessageContaining("feature.3.mean");
        InputMeasures other = InputMeasures.of(
                new SignalLevels(1, 0, 0, 1, -120, -120, 0), List.of(FeatureMatrix.of(1, 1, new float[] {3})));
        assertThatThrownBy(() -> InputStatistics.fit(training(6), List.of()).distance(other))
                .hasMessageContaining("the recording must have 6 features, but had 1");
        assertThatThrownBy(() -> InputStatistics.fit(List.of(), List.of())).hasMessageContaining("the training recordings must not be empty");
    }
}
