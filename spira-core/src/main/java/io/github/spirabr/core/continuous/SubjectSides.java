package io.github.spirabr.core.continuous;

import io.github.spirabr.core.dataset.Side;
import io.github.spirabr.core.random.RandomStreams;
import io.github.spirabr.core.recording.Label;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The permanent assignment of subjects to sets: a subject keeps its set, and new subjects are distributed so that each
 * set has its share of the subjects that have only controls, only patients, or both. Where there are three such
 * subjects, each set has one. The assignment of new subjects depends on names and seed, not on labels.
 */
final class SubjectSides {

    private final Map<Side, Double> shares;
    private final long seed;

    /**
     * Creates an assignment.
     *
     * @param shares shares of all sets, adding up to 1
     */
    SubjectSides(Map<Side, Double> shares, long seed) {
        this.shares = new EnumMap<>(shares);
        this.seed = seed;
    }

    /**
     * Returns the sets of all known and new subjects.
     *
     * @param known subjects that have a set; they keep it, whether they are listed or not
     * @param listed the classes of each subject
     */
    SortedMap<String, Side> assign(Map<String, Side> known, Map<String, EnumSet<Label>> listed) {
        SortedMap<String, Side> sides = new TreeMap<>(known);
        Map<String, List<String>> strata = new TreeMap<>();
        new TreeMap<>(listed).forEach((subject, classes) ->
                strata.computeIfAbsent(classes.toString(), any -> new ArrayList<>()).add(subject));
        strata.values().forEach(subjects -> assign(sides, subjects));
        return sides;
    }

    private void assign(SortedMap<String, Side> sides, List<String> stratum) {
        Map<Side, Integer> counts = new EnumMap<>(Side.class);
        for (Side side : Side.values()) {
            counts.put(side, (int) stratum.stream().filter(subject -> sides.get(subject) == side).count());
        }
        RandomStreams random = new RandomStreams(seed);
        Map<String, Long> places = new HashMap<>();
        stratum.forEach(subject -> places.put(subject, random.stream("sides", 0, subject).nextLong()));
        List<String> newcomers = stratum.stream()
                .filter(subject -> !sides.containsKey(subject))
                .sorted(Comparator.<String, Long>comparing(places::get).thenComparing(Comparator.naturalOrder()))
                .toList();
        boolean everySide = stratum.size() >= Side.values().length;
        for (int i = 0; i < newcomers.size(); i++) {
            int left = newcomers.size() - i;
            List<Side> empty = counts.keySet().stream().filter(side -> counts.get(side) == 0).toList();
            Side side = neediest(everySide && left <= empty.size() ? empty : List.of(Side.values()), counts);
            sides.put(newcomers.get(i), side);
            counts.merge(side, 1, Integer::sum);
        }
    }

    private Side neediest(List<Side> among, Map<Side, Integer> counts) {
        int after = counts.values().stream().mapToInt(Integer::intValue).sum() + 1;
        Side neediest = among.get(0);
        for (Side side : among) {
            double lack = shares.get(side) * after - counts.get(side);
            if (lack > shares.get(neediest) * after - counts.get(neediest) + 1e-9) {
                neediest = side;
            }
        }
        return neediest;
    }
}
