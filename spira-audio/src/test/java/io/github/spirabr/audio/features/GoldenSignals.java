package io.github.spirabr.audio.features;

import java.util.Arrays;

/** The signals of make_features_golden.py and make_front_ends_golden.py, made of integers by the same formulas. */
final class GoldenSignals {

    private GoldenSignals() {}

    static float[] signal(String name, int length) {
        int[] values = switch (name) {
            case "speech", "pause", "clipped" -> speech(length);
            case "quiet" -> Arrays.stream(speech(length)).map(value -> value >> 5).toArray();
            case "offset" -> Arrays.stream(speech(length)).map(value -> Math.floorDiv(value, 2) + 6000).toArray();
            case "chirp" -> chirp(length);
            case "noise" -> noise(length, 8000, 1);
            default -> new int[length];
        };
        if (name.equals("impulse")) {
            values[length / 2] = 32767;
        }
        float[] samples = new float[length];
        for (int i = 0; i < length; i++) {
            int value = name.equals("clipped") ? clip(40 * values[i]) : values[i];
            samples[i] = name.equals("pause") && i >= length / 2 ? 0f : value / 32768f;
        }
        return samples;
    }

    private static int[] noise(int length, int amplitude, long seed) {
        int[] out = new int[length];
        long state = seed;
        for (int i = 0; i < length; i++) {
            state = (state * 1103515245 + 12345) & 0x7FFFFFFF;
            out[i] = (int) ((((state >> 12 & 0xFFFF) - 32768) * amplitude) >> 15);
        }
        return out;
    }

    private static int[] speech(int length) {
        int[] breath = noise(length, 300, 7);
        int[] out = new int[length];
        long[][] y = new long[3][2];
        int[][] coefficients = {{15900, -7800}, {13000, -7700}, {3000, -7500}};
        int nextPulse = 0;
        for (int i = 0; i < length; i++) {
            long x = breath[i] >> 3;
            if (i == nextPulse) {
                nextPulse += 110 + i / 500 % 40;
                x += i / 2400 % 3 != 2 ? 4000 : 0;
            }
            long total = 0;
            for (int r = 0; r < 3; r++) {
                long v = x + ((coefficients[r][0] * y[r][0] + coefficients[r][1] * y[r][1]) >> 13);
                y[r][1] = y[r][0];
                y[r][0] = v;
                total += v >> r;
            }
            out[i] = clip(total >> 1);
        }
        return out;
    }

    private static int[] chirp(int length) {
        int[] out = noise(length, 300, 3);
        int phase = 0;
        for (int i = 0; i < length; i++) {
            phase = (int) (phase + 1000 + i * 30_000L / length) & 0xFFFF;
            out[i] += (int) Math.rint(12_000 * Math.sin(2 * Math.PI * (phase >> 6) / 1024));
        }
        return out;
    }

    private static int clip(long value) {
        return (int) Math.max(-32768, Math.min(32767, value));
    }
}
