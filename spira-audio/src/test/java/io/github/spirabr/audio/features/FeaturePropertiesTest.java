package io.github.spirabr.audio.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.preprocessing.FeatureExtractor;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import io.github.spirabr.core.preprocessing.WindowSpan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/** What holds of features whatever the signal and the framing. */
@Tag("slow")
class FeaturePropertiesTest {

    private static final int RATE = 8000;

    /** Relative to the greatest power; the sums of a frame of some 300 samples in single precision. */
    private static final double TOLERANCE = 5e-6;

    /** A framing and a number of samples that it accepts. */
    record Case(Framing framing, int samples) {

        Spectrogram spectrogram() {
            return Spectrogram.builder()
                    .fftSize(framing.fftSize())
                    .windowLength(framing.windowLength())
                    .hopLength(framing.hopLength())
                    .build();
        }

        MelSpectrogram mel() {
            return MelSpectrogram.builder()
                    .melBands(13)
                    .fftSize(framing.fftSize())
                    .windowLength(framing.windowLength())
                    .hopLength(framing.hopLength())
                    .build();
        }

        Mfcc mfcc(boolean logMels) {
            return Mfcc.builder()
                    .coefficients(9)
                    .melBands(13)
                    .fftSize(framing.fftSize())
                    .windowLength(framing.windowLength())
                    .hopLength(framing.hopLength())
                    .logMels(logMels)
                    .topDb(30)
                    .build();
        }

        List<FeatureExtractor> extractors() {
            return List.of(spectrogram(), mel(), mfcc(false), mfcc(true));
        }
    }

    /** What the port does unless an extractor shares work: every window is cut out and extracted on its own. */
    private record OneByOne(FeatureExtractor inner) implements FeatureExtractor {

        @Override
        public int features() {
            return inner.features();
        }

        @Override
        public int frames(int samples) {
            return inner.frames(samples);
        }

        @Override
        public FeatureMatrix extract(Waveform waveform) {
            return inner.extract(waveform);
        }

        @Override
        public ComponentDescription description() {
            return inner.description();
        }
    }

    @Provide
    Arbitrary<Case> cases() {
        Arbitrary<Integer> sizes = Arbitraries.oneOf(
                Arbitraries.integers().between(2, 300), Arbitraries.of(2, 3, 64, 240, 255, 256, 300));
        return sizes.flatMap(size -> upTo(size).flatMap(width -> Combinators.combine(
                                upTo(width), Arbitraries.integers().between(size / 2 + 1, size / 2 + 900))
                        .as((hop, samples) -> new Case(new Framing(size, width, hop), samples))))
                .withoutEdgeCases();
    }

    /** 1 and the limit more often than what lies between, since they are the odd ones. */
    private static Arbitrary<Integer> upTo(int limit) {
        return Arbitraries.frequencyOf(
                Tuple.of(8, Arbitraries.integers().between(1, limit)), Tuple.of(1, Arbitraries.of(1, limit)));
    }

    private static Waveform waveform(float[] samples) {
        return Waveform.of(samples, RATE);
    }

    @Property(tries = 100)
    void oneFrameForEveryHop(@ForAll("cases") Case of, @ForAll long seed) {
        Waveform waveform = waveform(Signals.random(of.samples(), seed));
        // A centred frame for every hop that begins within the signal; an odd fftSize reflects one sample less.
        int frames = 1 + (of.samples() - of.framing().fftSize() % 2) / of.framing().hopLength();
        for (FeatureExtractor extractor : of.extractors()) {
            FeatureMatrix matrix = extractor.extract(waveform);
            assertThat(matrix.frames()).isEqualTo(frames).isEqualTo(extractor.frames(of.samples()));
            assertThat(matrix.features()).isEqualTo(extractor.features());
        }
        assertThat(of.spectrogram().features()).isEqualTo(of.framing().fftSize() / 2 + 1);
    }

    /** A signal that is half the fftSize long cannot be reflected, one sample more can. */
    @Property(tries = 100)
    void aSignalTooShortIsRefused(@ForAll("cases") Case of) {
        int half = of.framing().fftSize() / 2;
        for (FeatureExtractor extractor : of.extractors()) {
            assertThat(extractor.extract(waveform(new float[half + 1])).frames()).isPositive();
            assertThatThrownBy(() -> extractor.extract(waveform(new float[half])))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("(" + half + " samples)")
                    .hasMessageContaining("but was " + half + " samples; use longer windows or a smaller fftSize");
        }
    }

    /** Powers are not linear, but of a linear transform: P(ax) = a² P(x), and to the bit for powers of two. */
    @Property(tries = 200)
    void powersGoWithTheSquareOfTheAmplitude(
            @ForAll("cases") Case of, @ForAll long seed, @ForAll @DoubleRange(min = 0.01, max = 50) double factor) {
        float[] samples = Signals.random(of.samples(), seed);
        float[] scaled = new float[samples.length];
        float[] doubled = new float[samples.length];
        for (int i = 0; i < samples.length; i++) {
            scaled[i] = (float) (factor * samples[i]);
            doubled[i] = 2 * samples[i];
        }
        for (FeatureExtractor extractor : List.of(of.spectrogram(), of.mel())) {
            float[] plain = extractor.extract(waveform(samples)).toArray();
            assertClose(extractor.extract(waveform(scaled)).toArray(), times(factor * factor, plain));
            assertThat(extractor.extract(waveform(doubled)).toArray()).isEqualTo(timesFour(plain));
        }
    }

    /** The parallelogram law P(x + y) + P(x - y) = 2 P(x) + 2 P(y) holds of linear transforms, and of no others. */
    @Property(tries = 200)
    void theTransformBelowIsLinear(@ForAll("cases") Case of, @ForAll long seed) {
        float[] x = Signals.random(of.samples(), seed);
        float[] y = Signals.random(of.samples(), seed + 1);
        float[] sum = new float[x.length];
        float[] difference = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            sum[i] = x[i] + y[i];
            difference[i] = x[i] - y[i];
        }
        Spectrogram extractor = of.spectrogram();
        double[] left = plus(
                extractor.extract(waveform(sum)).toArray(), extractor.extract(waveform(difference)).toArray());
        double[] right = times(2, plus(
                extractor.extract(waveform(x)).toArray(), extractor.extract(waveform(y)).toArray()));
        assertClose(left, right);
    }

    /** Parseval: the powers of all fftSize frequencies sum up to fftSize times the weighted samples' energy. */
    @Property(tries = 200)
    void energyIsKept(@ForAll("cases") Case of, @ForAll long seed) {
        float[] samples = Signals.random(of.samples(), seed);
        FeatureMatrix powers = of.spectrogram().extract(waveform(samples));
        int size = of.framing().fftSize();
        double[] expected = new double[powers.frames()];
        double[] actual = new double[powers.frames()];
        for (int t = 0; t < powers.frames(); t++) {
            for (int n = 0; n < of.framing().windowLength(); n++) {
                int at = t * of.framing().hopLength() - size / 2 + (size - of.framing().windowLength()) / 2 + n;
                double weighted = hann(n, of.framing().windowLength()) * samples[mirrored(at, samples.length)];
                expected[t] += size * weighted * weighted;
            }
            for (int k = 0; k < powers.features(); k++) {
                boolean alone = k == 0 || 2 * k == size;
                actual[t] += (alone ? 1 : 2) * (double) powers.value(t, k);
            }
        }
        assertClose(actual, expected);
    }

    /** What begins one hop later stands one frame later, to the bit, away from the ends. */
    @Property(tries = 200)
    void aShiftByOneHopShiftsFrames(@ForAll("cases") Case of, @ForAll long seed) {
        int hop = of.framing().hopLength();
        float[] longer = Signals.random(of.samples() + hop, seed);
        float[] later = Arrays.copyOfRange(longer, hop, longer.length);
        float[] now = Arrays.copyOf(longer, of.samples());
        for (FeatureExtractor extractor : List.of(of.spectrogram(), of.mel(), of.mfcc(true))) {
            FeatureMatrix of0 = extractor.extract(waveform(now));
            FeatureMatrix of1 = extractor.extract(waveform(later));
            for (int t = 0; t + 1 < of0.frames(); t++) {
                if (whole(of, t) && whole(of, t + 1)) {
                    for (int k = 0; k < of0.features(); k++) {
                        assertThat(of1.value(t, k)).isEqualTo(of0.value(t + 1, k));
                    }
                }
            }
        }
    }

    /** Whether a frame lies within the signal. */
    private static boolean whole(Case of, int frame) {
        int first = of.framing().firstSample() + frame * of.framing().hopLength();
        return first >= 0 && first + of.framing().windowLength() <= of.samples();
    }

    /** Shared frames or not: the same bits as each window on its own, whatever lies where. */
    @Property(tries = 200)
    void windowsAreWhatTheyAreAlone(@ForAll("cases") Case of, @ForAll long seed) {
        Random random = new Random(seed);
        Waveform waveform = waveform(Signals.random(of.samples() + random.nextInt(1500), seed));
        List<WindowSpan> windows = windows(of, waveform, random);
        for (FeatureExtractor extractor : of.extractors()) {
            assertThat(extractor.extract(waveform, windows))
                    .isEqualTo(new OneByOne(extractor).extract(waveform, windows));
        }
    }

    /** Steps that are a multiple of the hop, and others; lengths that differ; windows that reach past the end. */
    private static List<WindowSpan> windows(Case of, Waveform waveform, Random random) {
        int hop = of.framing().hopLength();
        int step = random.nextBoolean() ? hop * (1 + random.nextInt(20)) : 1 + random.nextInt(300);
        boolean oneLength = random.nextBoolean();
        List<WindowSpan> windows = new ArrayList<>();
        for (int start = random.nextInt(30); start < waveform.length() && windows.size() < 30; start += step) {
            windows.add(new WindowSpan(start, of.samples() + (oneLength ? 0 : random.nextInt(200))));
        }
        if (random.nextBoolean()) {
            Collections.shuffle(windows, random);
        }
        return windows;
    }

    /** The published windows: 4 s every second, and steps that are no multiple of the hop. */
    @Example
    void theWindowsOfTheReferenceAreWhatTheyAreAlone() {
        Waveform waveform = Waveform.of(Signals.random(7 * 16_000 + 123, 5), 16_000);
        Mfcc mfcc = Mfcc.builder().build();
        for (int step : new int[] {16_000, 16_001, 160, 8000}) {
            List<WindowSpan> windows = IntStream.range(0, 4)
                    .mapToObj(i -> new WindowSpan(i * step, 64_000))
                    .toList();
            assertThat(mfcc.extract(waveform, windows)).isEqualTo(new OneByOne(mfcc).extract(waveform, windows));
        }
    }

    /** Neither what else is asked for, nor the order, nor how many threads ask at once, changes a bit. */
    @Property(tries = 50)
    void neitherTheBatchNorThreadsMatter(@ForAll("cases") Case of, @ForAll long seed) {
        Random random = new Random(seed);
        Waveform waveform = waveform(Signals.random(of.samples() + random.nextInt(1500), seed));
        List<WindowSpan> windows = windows(of, waveform, random);
        for (FeatureExtractor extractor : of.extractors()) {
            List<FeatureMatrix> whole = extractor.extract(waveform, windows);
            int cut = random.nextInt(windows.size() + 1);
            List<FeatureMatrix> parts =
                    new ArrayList<>(extractor.extract(waveform, windows.subList(0, cut)));
            parts.addAll(extractor.extract(waveform, windows.subList(cut, windows.size())));
            assertThat(parts).isEqualTo(whole);
            List<List<FeatureMatrix>> atOnce = IntStream.range(0, 16).parallel()
                    .mapToObj(i -> extractor.extract(waveform, windows))
                    .toList();
            assertThat(atOnce).allSatisfy(one -> assertThat(one).isEqualTo(whole));
        }
    }

    /** Silence has no power: -100 dB in each band, of which a DCT leaves the first coefficient alone. */
    @Property(tries = 100)
    void silence(@ForAll("cases") Case of) {
        Waveform silence = waveform(new float[of.samples()]);
        assertThat(of.spectrogram().extract(silence).toArray()).containsOnly(0f);
        assertThat(of.mel().extract(silence).toArray()).containsOnly(0f);
        FeatureMatrix decibels = of.mfcc(false).extract(silence);
        FeatureMatrix natural = of.mfcc(true).extract(silence);
        for (int t = 0; t < decibels.frames(); t++) {
            assertThat((double) decibels.value(t, 0)).isCloseTo(-100 * Math.sqrt(13), within(1e-3));
            assertThat((double) natural.value(t, 0)).isCloseTo(Math.log(1e-6) * Math.sqrt(13), within(1e-3));
            for (int k = 1; k < decibels.features(); k++) {
                assertThat((double) decibels.value(t, k)).isCloseTo(0, within(1e-3));
                assertThat((double) natural.value(t, k)).isCloseTo(0, within(1e-3));
            }
        }
    }

    /** A silent window of a loud recording is silence: neither its neighbours nor their level reach it. */
    @Property(tries = 100)
    void aSilentWindowOfALoudRecording(@ForAll("cases") Case of, @ForAll long seed) {
        float[] samples = Signals.random(3 * of.samples(), seed);
        Arrays.fill(samples, of.samples(), 2 * of.samples(), 0f);
        List<WindowSpan> windows = List.of(
                new WindowSpan(0, of.samples()),
                new WindowSpan(of.samples(), of.samples()),
                new WindowSpan(2 * of.samples(), of.samples()),
                new WindowSpan(5 * of.samples(), of.samples()));
        for (FeatureExtractor extractor : of.extractors()) {
            FeatureMatrix silence = extractor.extract(waveform(new float[of.samples()]));
            List<FeatureMatrix> matrices = extractor.extract(waveform(samples), windows);
            assertThat(matrices.get(1)).isEqualTo(silence);
            assertThat(matrices.get(3)).isEqualTo(silence);
        }
    }

    /** From the least amplitudes to those of a broken file: finite features, or a refusal; never NaN. */
    @Property(tries = 200)
    void neverNan(@ForAll("cases") Case of, @ForAll long seed, @ForAll @IntRange(min = -149, max = 127) int exponent) {
        float[] samples = Signals.random(of.samples(), seed);
        float[] extreme = new float[samples.length];
        for (int i = 0; i < samples.length; i++) {
            extreme[i] = Math.scalb(Math.max(-1f, Math.min(1f, samples[i])), exponent);
        }
        for (FeatureExtractor extractor : of.extractors()) {
            try {
                FeatureMatrix matrix = extractor.extract(waveform(extreme));
                for (float value : matrix.toArray()) {
                    assertThat(value).isFinite();
                }
            } catch (IllegalArgumentException refusal) {
                assertThat(exponent).as("%s", refusal.getMessage()).isGreaterThan(50);
                assertThat(refusal).hasMessageContaining("features must be finite");
            }
        }
    }

    /** An overflow is told of, not turned into a level. */
    @Example
    void amplitudesThatOverflowAreRefused() {
        float[] samples = Signals.random(4000, 3);
        samples[2000] = 1e30f;
        Case of = new Case(new Framing(256, 200, 80), 4000);
        for (FeatureExtractor extractor : of.extractors()) {
            assertThatThrownBy(() -> extractor.extract(waveform(samples)))
                    .as("%s", extractor)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("features must be finite");
        }
    }

    private static double hann(int n, int width) {
        return width == 1 ? 1 : 0.5 - 0.5 * Math.cos(2 * Math.PI * n / width);
    }

    private static int mirrored(int at, int length) {
        int period = 2 * (length - 1);
        int within = Math.floorMod(at, Math.max(1, period));
        return within < length ? within : period - within;
    }

    private static float[] timesFour(float[] values) {
        float[] product = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            product[i] = 4 * values[i];
        }
        return product;
    }

    private static double[] times(double factor, float[] values) {
        return IntStream.range(0, values.length).mapToDouble(i -> factor * values[i]).toArray();
    }

    private static double[] times(double factor, double[] values) {
        return IntStream.range(0, values.length).mapToDouble(i -> factor * values[i]).toArray();
    }

    private static double[] plus(float[] a, float[] b) {
        return IntStream.range(0, a.length).mapToDouble(i -> (double) a[i] + b[i]).toArray();
    }

    private static void assertClose(float[] actual, double[] expected) {
        assertClose(times(1, actual), expected);
    }

    private static void assertClose(double[] actual, double[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        double greatest = IntStream.range(0, expected.length).mapToDouble(i -> Math.abs(expected[i])).max().orElse(0);
        for (int i = 0; i < actual.length; i++) {
            assertThat(Math.abs(actual[i] - expected[i])).as("value %d", i)
                    .isLessThanOrEqualTo(TOLERANCE * greatest);
        }
    }
}
