package io.github.spirabr.core.audit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntUnaryOperator;

/**
 * A search for fingerprints that agree. Two of them are aligned where some of their bits are equal, which an index
 * finds (Haitsma and Kalker 2002: somewhere a frame has survived), and then all frames that are audible in both are
 * compared. The work grows with the number of frames and not with that of pairs. Used once, by one thread.
 */
final class FingerprintSearch {

    /** Two sounds that agree, by their places in the list, {@code first} below {@code second}. */
    record Match(int first, int second, boolean whole) {}

    private static final int KEY_BITS = 22;
    /** Each key leaves out other bits, so that a frame with a wrong bit is found by another key. */
    private static final int[] KEY_SHIFTS = {0, 5, 10};
    /** The largest number of frames that are examined for one key. */
    private static final int LOOKED_AT = 512;
    /** The least number of frames that are audible in both. */
    private static final int LEAST_FRAMES = 72;
    private static final int SOME_FRAMES = 96;
    private static final int MANY_FRAMES = 128;
    private static final int VERY_MANY_FRAMES = 192;
    /** After so many frames, ... */
    private static final int GLANCE = 48;
    /** ... a pair that differs in so many bits is given up. */
    private static final double HOPELESS = 0.38;
    /**
     * The least agreeing share of the longer sound's audible frames; below it the shorter sound is a part of the
     * longer.
     */
    private static final double WHOLE = 0.8;

    private final List<Fingerprint> prints;
    private final IntUnaryOperator groupOf;
    private final int[] starts;
    private final int[] itemOf;
    private final Set<Long> found = new HashSet<>();
    private final List<Match> matches = new ArrayList<>();
    private long[] hits = new long[1024];

    /**
     * @param groupOf the group of each; those of one group are not compared
     */
    FingerprintSearch(List<Fingerprint> prints, IntUnaryOperator groupOf) {
        this.prints = List.copyOf(prints);
        this.groupOf = groupOf;
        this.starts = new int[prints.size() + 1];
        for (int i = 0; i < prints.size(); i++) {
            starts[i + 1] = Math.addExact(starts[i], prints.get(i).frames());
        }
        this.itemOf = new int[starts[prints.size()]];
        for (int i = 0; i < prints.size(); i++) {
            Arrays.fill(itemOf, starts[i], starts[i + 1], i);
        }
    }

    /** Returns whether the sound has enough audible frames to be recognised. */
    static boolean isComparable(Fingerprint print) {
        return print.heardFrames() >= LEAST_FRAMES;
    }

    /** Returns all agreeing pairs of different groups, in order. */
    List<Match> run() {
        for (int shift : KEY_SHIFTS) {
            search(shift);
        }
        matches.sort((a, b) -> a.first != b.first ? Integer.compare(a.first, b.first) : Integer.compare(a.second, b.second));
        return List.copyOf(matches);
    }

    private static int key(int word, int shift) {
        return word >>> shift & (1 << KEY_BITS) - 1;
    }

    private void search(int shift) {
        int[] ends = new int[(1 << KEY_BITS) + 1];
        forEachHeard((frame, word) -> ends[key(word, shift) + 1]++);
        for (int k = 0; k < 1 << KEY_BITS; k++) {
            ends[k + 1] += ends[k];
        }
        int[] postings = new int[ends[1 << KEY_BITS]];
        int[] next = Arrays.copyOf(ends, 1 << KEY_BITS);
        forEachHeard((frame, word) -> postings[next[key(word, shift)]++] = frame);
        for (int item = 0; item < prints.size(); item++) {
            candidates(item, shift, ends, postings);
        }
    }

    private interface Frames {
        void accept(int frame, int word);
    }

    private void forEachHeard(Frames consumer) {
        for (int i = 0; i < prints.size(); i++) {
            Fingerprint print = prints.get(i);
            for (int t = 0; t < print.frames(); t++) {
                if (print.isHeard(t)) {
                    consumer.accept(starts[i] + t, print.word(t));
                }
            }
        }
    }

    private void candidates(int item, int shift, int[] ends, int[] postings) {
        Fingerprint print = prints.get(item);
        int count = 0;
        for (int t = 0; t < print.frames(); t++) {
            if (!print.isHeard(t)) {
                continue;
            }
            int key = key(print.word(t), shift);
            int from = after(postings, ends[key], ends[key + 1], starts[item + 1]);
            int until = Math.min(ends[key + 1], from + LOOKED_AT);
            for (int p = from; p < until; p++) {
                int other = itemOf[postings[p]];
                if (groupOf.applyAsInt(other) != groupOf.applyAsInt(item)) {
                    int offset = postings[p] - starts[other] - t;
                    count = add(count, (long) other << 32 | offset + (1L << 31));
                }
            }
        }
        Arrays.sort(hits, 0, count);
        for (int i = 0; i < count; ) {
            int j = i;
            while (j < count && hits[j] == hits[i]) {
                j++;
            }
            int other = (int) (hits[i] >>> 32);
            // A frame that agrees has neighbours that do; one alone is chance.
            if (j - i > 1 && !found.contains((long) item << 32 | other)) {
                verify(item, other, (int) ((hits[i] & 0xffffffffL) - (1L << 31)));
            }
            i = j;
        }
    }

    private static int after(int[] postings, int from, int until, int least) {
        int place = Arrays.binarySearch(postings, from, until, least);
        return place < 0 ? -place - 1 : place;
    }

    private int add(int count, long hit) {
        if (count == hits.length) {
            hits = Arrays.copyOf(hits, 2 * count);
        }
        hits[count] = hit;
        return count + 1;
    }

    private void verify(int item, int other, int offset) {
        for (int shift = -1; shift <= 1; shift++) {
            int agreeing = agreeing(prints.get(item), prints.get(other), offset + shift);
            if (agreeing > 0) {
                found.add((long) item << 32 | other);
                int longer = Math.max(prints.get(item).heardFrames(), prints.get(other).heardFrames());
                matches.add(new Match(item, other, agreeing >= WHOLE * longer));
                return;
            }
        }
    }

    /** Returns the number of agreeing frames; 0 if the two sounds differ. */
    private static int agreeing(Fingerprint one, Fingerprint other, int offset) {
        int frames = 0;
        int errors = 0;
        int until = Math.min(one.frames(), other.frames() - offset);
        for (int t = Math.max(0, -offset); t < until; t++) {
            if (one.isHeard(t) && other.isHeard(t + offset)) {
                frames++;
                errors += Integer.bitCount(one.word(t) ^ other.word(t + offset));
                if (frames == GLANCE && errors > HOPELESS * Integer.SIZE * GLANCE) {
                    return 0;
                }
            }
        }
        return frames >= LEAST_FRAMES && errors <= tolerated(frames) * Integer.SIZE * frames ? frames : 0;
    }

    /**
     * Returns the largest share of bits that differ. Copies by speech codecs at 12 kbit/s differ in up to 0.21 of them,
     * trimmed ones in 0.03. The same word by the same speaker may come down to 0.17 in 64 frames and to 0.21 in 104; in
     * 128 and more, different utterances differ in no less than 0.3.
     */
    private static double tolerated(int frames) {
        if (frames >= MANY_FRAMES) {
            return frames >= VERY_MANY_FRAMES ? 0.25 : 0.2;
        }
        return frames >= SOME_FRAMES ? 0.14 : 0.08;
    }
}
