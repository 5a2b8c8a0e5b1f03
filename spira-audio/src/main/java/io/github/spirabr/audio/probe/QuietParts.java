package io.github.spirabr.audio.probe;

import io.github.spirabr.core.audio.Waveform;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The parts of a recording in which nobody speaks: its quietest stretches of 50 ms, joined in their order, and looped. At
 * each joint 5 ms are faded into each other, so that it does not click.
 */
final class QuietParts {

    private static final double STRETCH = 0.05;
    private static final double FADE = 0.005;

    private QuietParts() {}

    /**
     * Returns the quietest stretches of a waveform.
     *
     * @param share share of the stretches that are kept, above 0 and at most 1; at least one is
     * @param length length of the result, in samples, at least 1
     */
    static Waveform of(Waveform waveform, double share, int length) {
        int rate = waveform.sampleRate();
        int fade = (int) Math.round(FADE * rate);
        int stretch = Math.min(waveform.length(), Math.max(2 * fade + 1, (int) Math.round(STRETCH * rate)));
        int[] starts = starts(waveform, share, stretch);
        float[] joined = new float[starts.length * (stretch - fade) + fade];
        for (int s = 0; s < starts.length; s++) {
            add(waveform, starts[s], stretch, joined, s * (stretch - fade), s == 0 ? 0 : fade,
                    s == starts.length - 1 ? 0 : fade);
        }
        return Waveform.of(loop(joined, fade, length), rate);
    }

    /** Returns the beginnings of the quietest stretches, in time order. */
    private static int[] starts(Waveform waveform, double share, int stretch) {
        int count = waveform.length() / stretch;
        double[] energy = new double[count];
        for (int s = 0; s < count; s++) {
            for (int i = s * stretch; i < (s + 1) * stretch; i++) {
                energy[s] += (double) waveform.sample(i) * waveform.sample(i);
            }
        }
        return IntStream.range(0, count)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer s) -> energy[s]))
                .limit((long) Math.max(1, Math.ceil(share * count)))
                .mapToInt(s -> s * stretch)
                .sorted()
                .toArray();
    }

    private static void add(
            Waveform waveform, int from, int length, float[] target, int at, int fadeIn, int fadeOut) {
        for (int i = 0; i < length; i++) {
            double gain = 1;
            if (i < fadeIn) {
                gain = Math.sqrt((i + 0.5) / fadeIn);
            } else if (i >= length - fadeOut) {
                gain = Math.sqrt((length - i - 0.5) / fadeOut);
            }
            target[at + i] += (float) (gain * waveform.sample(from + i));
        }
    }

    private static float[] loop(float[] part, int fade, int length) {
        float[] looped = new float[length];
        int overlap = Math.min(fade, part.length / 2);
        int period = part.length - overlap;
        for (int at = 0; at < length; at += period) {
            for (int i = 0; i < part.length && at + i < length; i++) {
                double gain = 1;
                if (at > 0 && i < overlap) {
                    gain = Math.sqrt((i + 0.5) / overlap);
                } else if (i >= period) {
                    gain = Math.sqrt((part.length - i - 0.5) / overlap);
                }
                looped[at + i] += (float) (gain * part[i]);
            }
        }
        return looped;
    }
}
