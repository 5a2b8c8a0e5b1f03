package io.github.spirabr.core.random;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Random streams derived from one seed. Each draw of a run has its own stream, named by its purpose, epoch and
 * recording, so that no draw depends on the order of work, on the number of threads or on other draws.
 *
 * <p>The name is hashed with 64-bit FNV-1a over its UTF-8 bytes and mixed with the finaliser of SplitMix64 (Steele, Lea
 * and Flood 2014); the result seeds a {@link SplittableRandom}. Immutable and thread-safe; the returned generators are
 * not.
 *
 * @param seed the run's seed, any value
 */
public record RandomStreams(long seed) {

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    /** Returns a fresh generator at the start of the stream for {@code purpose}. */
    public RandomGenerator stream(String purpose) {
        return stream(purpose, 0, "");
    }

    /**
     * Returns a new generator at the start of the stream of one purpose, epoch and recording.
     *
     * @param purpose the purpose of the draws, such as {@code "dropout"}
     * @param epoch counted from 1; 0 outside of epochs
     * @param recording the recording's id, or a number of a step as text; empty for neither
     */
    public RandomGenerator stream(String purpose, int epoch, String recording) {
        long hash = mix(seed + 0x9e3779b97f4a7c15L);
        hash = mix(hash ^ fnv(purpose));
        hash = mix(hash ^ epoch);
        hash = mix(hash ^ fnv(recording));
        return new SplittableRandom(hash);
    }

    private static long fnv(String text) {
        long hash = FNV_OFFSET;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * FNV_PRIME;
        }
        return hash;
    }

    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
