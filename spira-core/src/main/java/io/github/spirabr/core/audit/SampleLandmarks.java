package io.github.spirabr.core.audit;

import io.github.spirabr.core.audio.Waveform;
import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * Hashes of short blocks of a sound's samples, chosen so that two sounds that share 0.25 s of equal samples, at whatever
 * places, share a hash. Of the blocks of 0.15 s that begin within 0.1 s of each other, that of the least hash is chosen
 * (winnowing: Schleimer, Wilkerson and Aiken 2003). Blocks that are nearly silent are left out, since these are alike in
 * recordings that have nothing to do with each other. Immutable and thread-safe.
 */
final class SampleLandmarks {

    private static final double BLOCK_SECONDS = 0.15;
    private static final double CHOICE_SECONDS = 0.1;
    /** Least audible magnitude of samples of 16 bits: -72 dB of full scale. */
    private static final int AUDIBLE = 8;
    private static final int LEAST_AUDIBLE_SHARE = 8;
    private static final long BASE = 0x9E3779B97F4A7C15L;

    private final long[] hashes;
    private final int[] places;

    private SampleLandmarks(long[] hashes, int[] places) {
        this.hashes = hashes;
        this.places = places;
    }

    /** Chooses the landmarks of a waveform; none if it is shorter than a block, or silent. */
    static SampleLandmarks of(Waveform waveform) {
        int block = Math.max(1, (int) Math.round(BLOCK_SECONDS * waveform.sampleRate()));
        int choice = Math.max(1, (int) Math.round(CHOICE_SECONDS * waveform.sampleRate()));
        return chosen(blockHashes(waveform, block), choice);
    }

    /** The hash of the block that begins at each sample; {@link Long#MAX_VALUE} for one that is nearly silent. */
    private static long[] blockHashes(Waveform waveform, int block) {
        long[] hashes = new long[Math.max(0, waveform.length() - block + 1)];
        long leaving = 1;
        for (int i = 0; i < block; i++) {
            leaving *= BASE;
        }
        long hash = 0;
        int audible = 0;
        for (int i = 0; i < waveform.length(); i++) {
            hash = hash * BASE + value(waveform, i);
            audible += isAudible(waveform, i) ? 1 : 0;
            if (i >= block) {
                hash -= leaving * value(waveform, i - block);
                audible -= isAudible(waveform, i - block) ? 1 : 0;
            }
            if (i >= block - 1) {
                hashes[i - block + 1] = audible * LEAST_AUDIBLE_SHARE >= block ? mixed(hash) : Long.MAX_VALUE;
            }
        }
        return hashes;
    }

    private static long value(Waveform waveform, int i) {
        return Math.round(waveform.sample(i) * 32768) + 65536L;
    }

    private static boolean isAudible(Waveform waveform, int i) {
        return Math.abs(waveform.sample(i)) * 32768 >= AUDIBLE && (i == 0 || waveform.sample(i) != waveform.sample(i - 1));
    }

    /** Neighbouring blocks differ in few bits before, and the least of them would always be the loudest. */
    private static long mixed(long hash) {
        long mixed = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
        return Math.min(mixed ^ mixed >>> 33, Long.MAX_VALUE - 1);
    }

    private static SampleLandmarks chosen(long[] blocks, int choice) {
        long[] hashes = new long[16];
        int[] places = new int[16];
        int count = 0;
        int least = -1;
        for (int end = 0; end < blocks.length; end++) {
            int from = Math.max(0, end - choice + 1);
            if (least < from) {
                least = from;
                for (int i = from + 1; i <= end; i++) {
                    least = blocks[i] <= blocks[least] ? i : least;
                }
            } else if (blocks[end] <= blocks[least]) {
                least = end;
            }
            boolean full = end >= choice - 1 || end == blocks.length - 1;
            if (full && blocks[least] != Long.MAX_VALUE && (count == 0 || places[count - 1] != least)) {
                if (count == hashes.length) {
                    hashes = Arrays.copyOf(hashes, 2 * count);
                    places = Arrays.copyOf(places, 2 * count);
                }
                hashes[count] = blocks[least];
                places[count++] = least;
            }
        }
        return new SampleLandmarks(Arrays.copyOf(hashes, count), Arrays.copyOf(places, count));
    }

    /** The number of landmarks. */
    int count() {
        return hashes.length;
    }

    LongStream hashes() {
        return Arrays.stream(hashes);
    }

    long hash(int index) {
        return hashes[index];
    }

    /** The sample at which the block of a landmark begins. */
    int place(int index) {
        return places[index];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SampleLandmarks that && Arrays.equals(hashes, that.hashes) && Arrays.equals(places, that.places);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(hashes);
    }
}
