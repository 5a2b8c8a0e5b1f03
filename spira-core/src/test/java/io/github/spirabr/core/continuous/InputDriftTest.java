package io.github.spirabr.core.continuous;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.spirabr.core.preprocessing.FeatureMatrix;
import io.github.spirabr.core.quality.InputMeasures;
import io.github.spirabr.core.quality.InputStatistics;
import io.github.spirabr.core.quality.InputStatistics.OfSubject;
import io.github.spirabr.core.quality.SignalLevels;
import io.github.spirabr.core.random.RandomStreams;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class InputDriftTest {

    /** The tenths of numbers from 0 to 1. */
    private static final List<Double> TENTHS = List.of(0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0);

    private static InputDrift of(int reference, double... values) {
        return InputDrift.of(values.length, reference, 0, Map.of("level", new InputDrift.Numbers(TENTHS, values)), Map.of())
                .orElseThrow();
    }

    /** By hand: shares 0.5 in the first tenth and 0.5 in the last: 2 (0.4 ln 5) + 8 (0.05 - 0.1) ln 0.5. */
    @Test
    void theIndexIsThatOfItsFormula() {
        InputDrift drift = of(1000, 0.05, 0.05, 0.05, 0.05, 0.05, 0.95, 0.95, 0.95, 0.95, 0.95);

        assertThat(drift.measures().get(0).index())
                .isCloseTo(2 * 0.4 * Math.log(5) + 8 * (0.05 - 0.1) * Math.log(0.5), within(1e-12));
    }

    /** scipy.stats.kstwobign.sf(x) for x = (r + 0.12 + 0.11 / r) D, with r² = 10 * 1000 / 1010 and D = 0.4. */
    @Test
    void chanceIsKolmogorovs() {
        InputDrift drift = of(1000, 0.05, 0.05, 0.05, 0.05, 0.05, 0.95, 0.95, 0.95, 0.95, 0.95);

        assertThat(drift.measures().get(0).chance()).isCloseTo(0.06111855829200469, within(1e-12));
        assertThat(drift.verdict()).isEqualTo(InputDrift.Measure.Verdict.NONE);
        assertThat(drift.score()).isZero();
        assertThat(drift.summary()).isEqualTo("none");
    }

    @Test
    void whatLiesBeyondAllOfTheTrainingSideIsAMajorChange() {
        double[] beyond = new double[8];
        Arrays.fill(beyond, 3);
        InputDrift drift = of(100, beyond);

        assertThat(drift.verdict()).isEqualTo(InputDrift.Measure.Verdict.MAJOR);
        assertThat(drift.score()).isGreaterThan(0.25);
        assertThat(drift.summary()).isEqualTo("MAJOR (level)");
    }

    /** scipy.stats.chi2.sf of the index over (1/n + 1/m), one degree of freedom. */
    @Test
    void anotherCodecIsAMajorChange() {
        InputDrift drift = InputDrift.of(10, 100, 0, Map.of(), Map.of(
                "codec", new InputDrift.Kinds(Map.of("flac", 100), Map.of("opus", 10)),
                "channels", new InputDrift.Kinds(Map.of("1", 100), Map.of("1", 10)))).orElseThrow();

        assertThat(drift.measures()).singleElement().satisfies(codec -> {
            assertThat(codec.name()).isEqualTo("codec");
            assertThat(codec.index()).isCloseTo(0.95 * Math.log(1 / 0.05) + 0.995 * Math.log(1 / 0.005), within(1e-12));
            assertThat(codec.verdict()).isEqualTo(InputDrift.Measure.Verdict.MAJOR);
        });
    }

    /** Draws from the distribution of the training set are called drift in at most some 1 % of batches. */
    @Test
    void recordingsThatAreSpreadInTheSameWayAreHardlyEverCalledDrift() {
        int alarms = 0;
        for (int batch = 0; batch < 500; batch++) {
            RandomGenerator random = new RandomStreams(9).stream("batch", 0, Integer.toString(batch));
            alarms += of(200, random.doubles(20).toArray()).verdict() == InputDrift.Measure.Verdict.NONE ? 0 : 1;
        }
        assertThat(alarms).isLessThanOrEqualTo(8);
    }

    /** Recordings of 60 subjects, of two to four each, whose measures depend on the subject. */
    private static List<OfSubject> recordings() {
        RandomGenerator random = new RandomStreams(4).stream("recordings");
        List<OfSubject> recordings = new ArrayList<>();
        for (int s = 0; s < 60; s++) {
            double voice = random.nextGaussian();
            for (int r = 0; r <= 1 + s % 3; r++) {
                float[] values = new float[40];
                for (int i = 0; i < values.length; i++) {
                    values[i] = (float) (voice * (1 + i % 4) + random.nextGaussian());
                }
                recordings.add(new OfSubject("s" + s, InputMeasures.of(
                        new SignalLevels(3 + random.nextDouble(), 0.5, 0, 0.1, -25 + voice, -50 + random.nextGaussian(), 25),
                        List.of(FeatureMatrix.of(10, 4, values)))));
            }
        }
        return recordings;
    }

    private static InputDrift drift(List<OfSubject> reference, List<OfSubject> fresh) {
        List<InputMeasures> measures = fresh.stream().map(OfSubject::measures).toList();
        return ArrivalDrift.of(Optional.of(InputStatistics.fit(reference, List.of())), measures, Set.of(), DataSnapshot.EMPTY)
                .orElseThrow();
    }

    @Test
    void randomHalvesOfASetAreHardlyEverCalledDrift() {
        List<OfSubject> recordings = recordings();
        int alarms = 0;
        for (int round = 0; round < 100; round++) {
            List<OfSubject> shuffled = new ArrayList<>(recordings);
            Collections.shuffle(shuffled, new Random(round));
            int half = shuffled.size() / 2;
            InputDrift drift = drift(shuffled.subList(0, half), shuffled.subList(half, shuffled.size()));
            alarms += drift.verdict() == InputDrift.Measure.Verdict.NONE ? 0 : 1;
        }
        assertThat(alarms).isLessThanOrEqualTo(5);
    }

    @Test
    void aSetThatIsDoubledIsNoDrift() {
        List<OfSubject> recordings = recordings();
        List<OfSubject> doubled = new ArrayList<>(recordings);
        doubled.addAll(recordings);
        assertThat(drift(recordings, doubled).verdict()).isEqualTo(InputDrift.Measure.Verdict.NONE);
        assertThat(drift(doubled, recordings).verdict()).isEqualTo(InputDrift.Measure.Verdict.NONE);
    }

    @Test
    void aPropertyThatNeverMovedIsNotMeasured() {
        List<Double> same = new ArrayList<>();
        for (int i = 0; i < 11; i++) {
            same.add(0.5);
        }
        assertThat(InputDrift.of(5, 100, 0,
                Map.of("clipped", new InputDrift.Numbers(same, new double[] {0, 1, 2, 3, 4})), Map.of())
                .orElseThrow().measures()).isEmpty();
    }

    @Test
    void ofFewerThanFiveNothingIsSaid() {
        assertThat(InputDrift.of(4, 100, 0, Map.of(), Map.of())).isEmpty();
        assertThat(InputDrift.of(100, 4, 0, Map.of(), Map.of())).isEmpty();
    }
}
