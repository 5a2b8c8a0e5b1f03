package io.github.spirabr.core.dataset;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A distribution of subjects in which each value of each column comes near its share in every set: the rarest value
 * first, each of its subjects to the set that lacks that value most (Sechidis, Tsoumakas and Vlahavas: "On the
 * stratification of multi-label data", 2011). A set that has its number of subjects receives no more.
 */
final class IterativeStratification {

    private final Map<String, List<String>> values;
    private final int[] room;
    private final Set<String> left;
    private final Map<String, double[]> lacking = new TreeMap<>();
    private final Map<String, Side> sides = new HashMap<>();

    private IterativeStratification(
            List<String> subjects, Map<String, List<String>> values, double[] shares, int[] quotas) {
        this.values = values;
        this.room = quotas.clone();
        this.left = new LinkedHashSet<>(subjects);
        for (String subject : subjects) {
            for (String value : values.get(subject)) {
                double[] wanted = lacking.computeIfAbsent(value, any -> new double[shares.length]);
                for (int side = 0; side < shares.length; side++) {
                    wanted[side] += shares[side];
                }
            }
        }
    }

    /**
     * Assigns each subject to a set.
     *
     * @param subjects subjects, in a random order, which breaks ties
     * @param values values of each subject
     * @param quotas number of subjects of each set; their sum is the number of subjects
     */
    static Map<String, Side> assign(
            List<String> subjects, Map<String, List<String>> values, double[] shares, int[] quotas) {
        return new IterativeStratification(subjects, values, shares, quotas).run();
    }

    private Map<String, Side> run() {
        while (!left.isEmpty()) {
            String rarest = rarest();
            for (String subject : with(rarest)) {
                int side = neediest(rarest);
                room[side]--;
                values.get(subject).forEach(value -> lacking.get(value)[side]--);
                sides.put(subject, Side.values()[side]);
                left.remove(subject);
            }
        }
        return sides;
    }

    private String rarest() {
        Map<String, Integer> counts = new TreeMap<>();
        left.forEach(subject -> values.get(subject).forEach(value -> counts.merge(value, 1, Integer::sum)));
        String rarest = "";
        for (Map.Entry<String, Integer> one : counts.entrySet()) {
            if (rarest.isEmpty() || one.getValue() < counts.get(rarest)) {
                rarest = one.getKey();
            }
        }
        return rarest;
    }

    private List<String> with(String value) {
        List<String> subjects = new ArrayList<>();
        left.forEach(subject -> {
            if (values.get(subject).contains(value)) {
                subjects.add(subject);
            }
        });
        return subjects;
    }

    private int neediest(String value) {
        int neediest = -1;
        for (int side = 0; side < room.length; side++) {
            if (room[side] > 0 && (neediest < 0 || needs(value, side, neediest))) {
                neediest = side;
            }
        }
        return neediest;
    }

    private boolean needs(String value, int side, int other) {
        double more = lacking.get(value)[side] - lacking.get(value)[other];
        return Math.abs(more) > 1e-9 ? more > 0 : room[side] > room[other];
    }
}
