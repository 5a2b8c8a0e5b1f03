package io.github.spirabr.audio.features;

import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.preprocessing.WindowSpan;
import java.util.Arrays;
import java.util.List;

/**
 * The distinct frames of a waveform's windows. A frame that lies within its window is a frame of the
 * recording, and where windows start a multiple of the hop apart they share it; a frame that reaches over
 * its window's end sees the window continued there and belongs to this window alone.
 *
 * @param samples samples of all frames: the waveform's stretch first, then the continued frames one by one
 * @param offsets beginning of each distinct frame in {@code samples}; one entry per distinct frame
 * @param slots slots for each window, in time order, its frames as indices of {@code offsets}
 */
record FramePlan(float[] samples, int[] offsets, int[][] slots) {

    /** Finds the frames of windows that start a multiple of the hop apart, or of a single window. */
    static FramePlan of(Framing framing, Waveform waveform, List<WindowSpan> windows, Scratch scratch) {
        int hop = framing.hopLength();
        int width = framing.windowLength();
        int begin = Integer.MAX_VALUE;
        long end = 0;
        int total = 0;
        int edges = 0;
        for (WindowSpan window : windows) {
            int frames = framing.frames(window.length());
            begin = Math.min(begin, window.start());
            end = Math.max(end, (long) window.start() + window.length());
            total = Math.addExact(total, frames);
            for (int t = 0; t < frames; t++) {
                edges += interior(framing, window, t) ? 0 : 1;
            }
        }
        int stretch = Math.toIntExact(end - begin);
        float[] samples = scratch.samples(Math.toIntExact(stretch + (long) edges * width));
        waveform.copyTo(begin, samples, 0, stretch);

        // The first sample of an interior frame is never before its window's, so the quotient is its key.
        int phase = Math.floorMod(framing.firstSample(), hop);
        int[] known = new int[stretch / hop + 1];
        Arrays.fill(known, -1);
        int[] offsets = new int[total];
        int[][] slots = new int[windows.size()][];
        int count = 0;
        int free = stretch;
        for (int w = 0; w < slots.length; w++) {
            WindowSpan window = windows.get(w);
            int origin = window.start() - begin;
            slots[w] = new int[framing.frames(window.length())];
            for (int t = 0; t < slots[w].length; t++) {
                int first = framing.firstSample() + t * hop;
                if (interior(framing, window, t)) {
                    int key = (origin + first - phase) / hop;
                    if (known[key] < 0) {
                        known[key] = count;
                        offsets[count++] = origin + first;
                    }
                    slots[w][t] = known[key];
                } else {
                    for (int n = 0; n < width; n++) {
                        int source = framing.source(first + n, window.length());
                        samples[free + n] = source < 0 ? 0f : samples[origin + source];
                    }
                    slots[w][t] = count;
                    offsets[count++] = free;
                    free += width;
                }
            }
        }
        return new FramePlan(samples, Arrays.copyOf(offsets, count), slots);
    }

    /** Returns whether windows may be planned together. */
    static boolean aligned(Framing framing, List<WindowSpan> windows) {
        int phase = windows.get(0).start() % framing.hopLength();
        for (WindowSpan window : windows) {
            if (window.start() % framing.hopLength() != phase) {
                return false;
            }
        }
        return true;
    }

    private static boolean interior(Framing framing, WindowSpan window, int frame) {
        long first = framing.firstSample() + (long) frame * framing.hopLength();
        return first >= 0 && first + framing.windowLength() <= window.length();
    }
}
