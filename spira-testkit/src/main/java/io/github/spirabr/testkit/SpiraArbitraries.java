package io.github.spirabr.testkit;

import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.preprocessing.BatchAugmentation.LabelledWindow;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import io.github.spirabr.core.recording.AudioSource;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Values of the core's types, for properties. */
public final class SpiraArbitraries {

    private enum Sound { SILENCE, IMPULSE, STEP, SINE, NOISE }

    private SpiraArbitraries() {}

    /**
     * Waveforms of amplitudes in [-1, 1]: silence, a single impulse, a step, sines, noise.
     *
     * @param least samples, at least 1
     * @param most samples
     * @param sampleRates sample rates, in hertz, at least one
     */
    public static Arbitrary<Waveform> waveforms(int least, int most, Integer... sampleRates) {
        return Combinators.combine(
                        Arbitraries.of(Sound.class),
                        Arbitraries.frequencyOf(
                                Tuple.of(1, Arbitraries.just(least)),
                                Tuple.of(9, Arbitraries.integers().between(least, most))),
                        Arbitraries.of(sampleRates),
                        Arbitraries.floats().between(0.01f, 1f),
                        Arbitraries.longs().withoutEdgeCases())
                .as(SpiraArbitraries::waveform);
    }

    private static Waveform waveform(Sound sound, int length, int sampleRate, float amplitude, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] samples = new float[length];
        int place = random.nextInt(length);
        double cyclesPerSample = random.nextDouble() / 2;
        for (int i = 0; i < length; i++) {
            double value = switch (sound) {
                case SILENCE -> 0;
                case IMPULSE -> i == place ? 1 : 0;
                case STEP -> i < place ? -1 : 1;
                case SINE -> Math.sin(2 * Math.PI * cyclesPerSample * i);
                case NOISE -> 2 * random.nextDouble() - 1;
            };
            samples[i] = (float) (amplitude * value);
        }
        return Waveform.of(samples, sampleRate);
    }

    /** Recordings of both classes whose audio has no bytes. */
    public static Arbitrary<Recording> recordings() {
        return Combinators.combine(Arbitraries.strings().alpha().numeric().ofMinLength(1).ofMaxLength(12),
                        Arbitraries.of(Label.class))
                .as((id, label) -> new Recording(
                        id, "subject of " + id, label, Map.of(), AudioSource.ofBytes(id, new byte[0])));
    }

    /** Matrices of values in [-100, 100], of 1 to {@code mostFrames} frames and 1 to {@code mostFeatures} features. */
    public static Arbitrary<FeatureMatrix> matrices(int mostFrames, int mostFeatures) {
        return Combinators.combine(Arbitraries.integers().between(1, mostFrames),
                        Arbitraries.integers().between(1, mostFeatures), Arbitraries.longs().withoutEdgeCases())
                .as((frames, features, seed) -> matrix(frames, features, new SplittableRandom(seed)));
    }

    /** Batches of 1 to {@code most} windows of one shape, which are of controls, of patients, or mixtures. */
    public static Arbitrary<List<LabelledWindow>> batches(int most) {
        Arbitrary<Double> targets = Arbitraries.oneOf(
                Arbitraries.of(0.0, 1.0), Arbitraries.doubles().between(0, 1).ofScale(3));
        return Combinators.combine(targets.list().ofMinSize(1).ofMaxSize(most).withoutEdgeCases(),
                        Arbitraries.integers().between(1, 20),
                        Arbitraries.integers().between(1, 8),
                        Arbitraries.longs().withoutEdgeCases())
                .as((ofWindows, frames, features, seed) -> {
                    SplittableRandom random = new SplittableRandom(seed);
                    return ofWindows.stream()
                            .map(target -> new LabelledWindow(matrix(frames, features, random), target))
                            .toList();
                });
    }

    private static FeatureMatrix matrix(int frames, int features, SplittableRandom random) {
        float[] values = new float[frames * features];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble(-100, 100);
        }
        return FeatureMatrix.of(frames, features, values);
    }
}
