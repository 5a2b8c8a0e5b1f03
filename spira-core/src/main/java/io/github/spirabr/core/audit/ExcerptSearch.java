package io.github.spirabr.core.audit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;

/**
 * Finds sounds that share samples, by their landmarks. A sound that is in many recordings, such as the beep of a recorder,
 * makes no leak alone: recordings must then share half of the shorter one. Used once, by one thread.
 */
final class ExcerptSearch {

    /** A sound that is in more recordings is taken for a common one. */
    private static final int RARE = 8;
    /** Most pairs that are compared of a sound that is in many recordings. */
    private static final int LOOKED_AT = 512;

    private record Landmark(long hash, int item, int place) {}

    private record Alignment(int first, int second, int offset) {}

    private final List<SampleLandmarks> sounds;
    private final IntUnaryOperator groupOf;
    /** Number of landmarks that agree at each alignment of two sounds. */
    private final Map<Alignment, Integer> agreeing = new HashMap<>();
    private final Set<Alignment> rare = new HashSet<>();

    /**
     * Creates a search in these sounds.
     *
     * @param groupOf the group of each; those of one group are not compared
     */
    ExcerptSearch(List<SampleLandmarks> sounds, IntUnaryOperator groupOf) {
        this.sounds = List.copyOf(sounds);
        this.groupOf = groupOf;
    }

    /** All pairs of different groups that share samples, in order. */
    List<FingerprintSearch.Match> run() {
        Landmark[] landmarks = landmarks();
        for (int from = 0; from < landmarks.length; ) {
            int until = from + 1;
            while (until < landmarks.length && landmarks[until].hash == landmarks[from].hash) {
                until++;
            }
            compare(landmarks, from, until);
            from = until;
        }
        return matches();
    }

    private Landmark[] landmarks() {
        long[] hashes = sounds.stream().flatMapToLong(SampleLandmarks::hashes).sorted().toArray();
        List<Landmark> all = new ArrayList<>();
        for (int item = 0; item < sounds.size(); item++) {
            for (int i = 0; i < sounds.get(item).count(); i++) {
                // Nearly all are there once, and need no memory.
                if (isThereTwice(hashes, sounds.get(item).hash(i))) {
                    all.add(new Landmark(sounds.get(item).hash(i), item, sounds.get(item).place(i)));
                }
            }
        }
        Landmark[] sorted = all.toArray(Landmark[]::new);
        Arrays.sort(sorted, (a, b) -> {
            int byHash = Long.compare(a.hash, b.hash);
            int byItem = byHash != 0 ? byHash : Integer.compare(a.item, b.item);
            return byItem != 0 ? byItem : Integer.compare(a.place, b.place);
        });
        return sorted;
    }

    private static boolean isThereTwice(long[] sorted, long hash) {
        int place = Arrays.binarySearch(sorted, hash);
        return place > 0 && sorted[place - 1] == hash || place < sorted.length - 1 && sorted[place + 1] == hash;
    }

    private void compare(Landmark[] landmarks, int from, int until) {
        boolean few = until - from <= RARE;
        for (int i = from; i < until; i++) {
            for (int j = i + 1; j < Math.min(until, i + LOOKED_AT); j++) {
                Landmark one = landmarks[i];
                Landmark other = landmarks[j];
                if (groupOf.applyAsInt(one.item) != groupOf.applyAsInt(other.item)) {
                    Alignment alignment = new Alignment(one.item, other.item, one.place - other.place);
                    agreeing.merge(alignment, 1, Integer::sum);
                    if (few) {
                        rare.add(alignment);
                    }
                }
            }
        }
    }

    private List<FingerprintSearch.Match> matches() {
        Map<Integer, Map<Integer, Boolean>> found = new TreeMap<>();
        agreeing.forEach((pair, count) -> {
            int one = sounds.get(pair.first).count();
            int other = sounds.get(pair.second).count();
            if (rare.contains(pair) || 2 * count >= Math.min(one, other)) {
                boolean whole = 5 * count >= 4 * Math.max(one, other);
                found.computeIfAbsent(pair.first, any -> new TreeMap<>()).merge(pair.second, whole, Boolean::logicalOr);
            }
        });
        List<FingerprintSearch.Match> matches = new ArrayList<>();
        found.forEach((first, others) -> others.forEach(
                (second, whole) -> matches.add(new FingerprintSearch.Match(first, second, whole))));
        return matches;
    }
}
