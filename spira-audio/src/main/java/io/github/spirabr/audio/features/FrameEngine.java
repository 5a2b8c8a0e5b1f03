package io.github.spirabr.audio.features;

import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import io.github.spirabr.core.preprocessing.WindowSpan;
import java.util.ArrayList;
import java.util.List;

/**
 * An engine that computes each distinct frame of the windows once and lets an extractor assemble its windows from them.
 * A single window takes the same path, so sharing cannot change a bit.
 */
final class FrameEngine {

    /** The part of an extractor that reduces power spectra; keeps no state between calls. */
    interface Reduction {

        /** Returns the number of values that are kept for each distinct frame. */
        int width();

        /**
         * Reduces the spectra of frames {@code first} to {@code first + lanes - 1} to rows of {@code values},
         * {@link #width} numbers for each frame.
         */
        void reduce(float[][] power, int first, int lanes, float[] values);

        /** Assembles a window from its frames, which stand in {@code values} at {@code slots}. */
        FeatureMatrix assemble(float[] values, int[] slots);
    }

    private final Framing framing;
    private final FramePower power;
    private final Scratch.Pool pool;

    FrameEngine(Framing framing) {
        this.framing = framing;
        this.power = new FramePower(framing);
        this.pool = new Scratch.Pool(power.rows(), framing.bins());
    }

    FeatureMatrix extract(Waveform waveform, Reduction reduction) {
        return together(waveform, List.of(new WindowSpan(0, waveform.length())), reduction).get(0);
    }

    List<FeatureMatrix> extract(Waveform waveform, List<WindowSpan> windows, Reduction reduction) {
        if (windows.isEmpty() || FramePlan.aligned(framing, windows)) {
            return together(waveform, windows, reduction);
        }
        List<FeatureMatrix> matrices = new ArrayList<>(windows.size());
        for (WindowSpan window : windows) {
            matrices.addAll(together(waveform, List.of(window), reduction));
        }
        return List.copyOf(matrices);
    }

    private List<FeatureMatrix> together(Waveform waveform, List<WindowSpan> windows, Reduction reduction) {
        if (windows.isEmpty()) {
            return List.of();
        }
        Scratch scratch = pool.take();
        try {
            FramePlan plan = FramePlan.of(framing, waveform, windows, scratch);
            int frames = plan.offsets().length;
            float[] values = scratch.values(Math.multiplyExact(frames, reduction.width()));
            for (int from = 0; from < frames; from += FramePower.LANES) {
                int lanes = Math.min(FramePower.LANES, frames - from);
                power.compute(plan.samples(), plan.offsets(), from, lanes, scratch.re, scratch.im, scratch.power);
                reduction.reduce(scratch.power, from, lanes, values);
            }
            List<FeatureMatrix> matrices = new ArrayList<>(windows.size());
            for (int[] slots : plan.slots()) {
                matrices.add(reduction.assemble(values, slots));
            }
            return List.copyOf(matrices);
        } finally {
            pool.giveBack(scratch);
        }
    }
}
