package io.github.spirabr.pytorch.internal;

import io.github.spirabr.training.engine.Segment;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32;

/** The numbers of panns_golden.py, by the name of an array and an index. */
final class Formula {

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private Formula() {}

    /** A generator whose dropout drops nothing. */
    static final RandomGenerator ALL_KEPT = () -> -1L;

    private static double uniform(long name, int index) {
        long z = (index + 1 + name) * GOLDEN;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        z ^= z >>> 31;
        return (z >>> 40) / (double) (1 << 24);
    }

    private static long hash(String name) {
        CRC32 crc = new CRC32();
        crc.update(name.getBytes(StandardCharsets.UTF_8));
        return crc.getValue();
    }

    /** Gives a network its weights and statistics. */
    static void fill(BlockNetwork network) {
        network.weights(values(network.layout()));
        network.statistics(values(network.statisticsLayout()));
    }

    static float[] values(List<Segment> segments) {
        float[] values = new float[segments.stream().mapToInt(Segment::length).sum()];
        for (Segment segment : segments) {
            long name = hash(segment.name());
            double scale = 2 * Math.sqrt(6.0 * segment.shape().get(0) / segment.length());
            double low = -scale / 2;
            if (segment.shape().size() == 1) {
                boolean gain = segment.name().endsWith(".weight") || segment.name().endsWith("running_var");
                boolean second = segment.name().endsWith("bn2.weight");
                scale = gain ? second ? 0.25 : 1 : 0.2;
                low = gain ? scale / 2 : -0.1;
            }
            // The length is a product that is computed at each call.
            int length = segment.length();
            for (int i = 0; i < length; i++) {
                values[segment.offset() + i] = (float) (low + scale * uniform(name, i));
            }
        }
        return values;
    }

    /** Windows of 64 features in decibels. */
    static float[][] windows(int count, int frames) {
        float[][] windows = new float[count][frames * 64];
        long name = hash("windows");
        for (int w = 0; w < count; w++) {
            for (int i = 0; i < windows[w].length; i++) {
                windows[w][i] = (float) (60 * uniform(name, w * windows[w].length + i) - 50);
            }
        }
        return windows;
    }

}
