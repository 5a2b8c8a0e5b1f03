package io.github.spirabr.audio.features;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Work space of one call; fresh memory would cost more than the arithmetic in it. Each extractor keeps a
 * few in a pool, which goes when the extractor goes.
 */
final class Scratch {

    /** Longer sample buffers are not kept: about a minute at 16 kHz. */
    private static final int MAX_KEPT_SAMPLES = 1 << 20;

    final float[][] re;
    final float[][] im;
    /** For each bin the row of its power, and then a row for the energies of the frames. */
    final float[][] power;
    float[] samples = new float[0];
    float[] values = new float[0];

    private Scratch(int rows, int bins) {
        this.re = new float[rows][FramePower.LANES];
        this.im = new float[rows][FramePower.LANES];
        this.power = new float[bins + 1][];
        this.power[bins] = new float[FramePower.LANES];
    }

    float[] samples(int length) {
        if (samples.length < length) {
            samples = new float[length];
        }
        return samples;
    }

    float[] values(int length) {
        if (values.length < length) {
            values = new float[length];
        }
        return values;
    }

    static final class Pool {

        private final int rows;
        private final int bins;
        private final int limit = Runtime.getRuntime().availableProcessors();
        private final AtomicInteger kept = new AtomicInteger();
        private final ConcurrentLinkedQueue<Scratch> free = new ConcurrentLinkedQueue<>();

        Pool(int rows, int bins) {
            this.rows = rows;
            this.bins = bins;
        }

        Scratch take() {
            Scratch scratch = free.poll();
            if (scratch == null) {
                return new Scratch(rows, bins);
            }
            kept.decrementAndGet();
            return scratch;
        }

        void giveBack(Scratch scratch) {
            if (scratch.samples.length > MAX_KEPT_SAMPLES) {
                scratch.samples = new float[0];
            }
            if (scratch.values.length > MAX_KEPT_SAMPLES) {
                scratch.values = new float[0];
            }
            if (kept.incrementAndGet() <= limit) {
                free.add(scratch);
            } else {
                kept.decrementAndGet();
            }
        }
    }
}
