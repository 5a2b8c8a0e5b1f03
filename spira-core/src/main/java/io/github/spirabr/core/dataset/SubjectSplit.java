package io.github.spirabr.core.dataset;

import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.Settings;
import io.github.spirabr.core.internal.adapter.PlainText;
import io.github.spirabr.core.random.RandomStreams;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A split by subject: at random by shares, or by naming subjects. Immutable and thread-safe. */
public final class SubjectSplit implements Splitter {

    static final String SUBJECTS = "subjects";
    static final String STABLE = "stable-subjects";
    static final String HELD_OUT = "held-out";
    static final String STRATIFY_BY = "stratifyBy";

    private interface Assignment {
        Map<String, Side> of(Dataset dataset, long seed);
    }

    private final Assignment assignment;
    /** The shares of a random split, which can be stratified by columns. */
    private final double @Nullable [] drawn;
    private final String name;
    private final ComponentDescription description;

    private SubjectSplit(
            Assignment assignment, double @Nullable [] drawn, String name, ComponentDescription description) {
        this.assignment = assignment;
        this.drawn = drawn;
        this.name = name;
        this.description = description;
    }

    /**
     * Returns a random split by subject, stratified by class: subjects that have only controls, only patients or both
     * are distributed separately, each in these proportions, rounded to whole subjects (largest remainder, at least one
     * in each set where there are three).
     *
     * @param training share of the subjects, above 0; the three shares add up to 1
     * @param validation share of the subjects, above 0
     * @param test share of the subjects, above 0
     */
    public static SubjectSplit of(double training, double validation, double test) {
        double[] shares = shares(training, validation, test);
        return new SubjectSplit((dataset, seed) -> byShares(dataset, shares, seed), shares,
                "SubjectSplit.of" + Arrays.toString(shares), new ComponentDescription(SUBJECTS, described(shares)));
    }

    /**
     * Returns the same split, in which the sets also resemble each other in these columns of the manifest, such as sex
     * or hospital, as far as whole subjects allow (iterative stratification: Sechidis, Tsoumakas and Vlahavas 2011).
     * The number of subjects of each class in each set does not change. A missing value is a value of its own.
     *
     * @param columns at least one
     * @throws IllegalStateException unless this split was created by {@link #of}: a stable split never moves a subject
     *     when others join, and therefore cannot be balanced
     */
    public SubjectSplit stratifiedBy(List<String> columns) {
        double[] shares = drawn;
        if (shares == null) {
            throw new IllegalStateException("only a split by shares that is drawn anew for each data set can be stratified by"
                    + " columns; a stable or fixed split leaves every subject where it is");
        }
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("name at least one column to stratify by");
        }
        List<String> all = columns.stream().map(PlainText::of).toList();
        Map<String, Object> settings = described(shares);
        settings.put(STRATIFY_BY, all);
        return new SubjectSplit((dataset, seed) -> {
            Map<String, List<String>> values = ColumnValues.bySubject(dataset, all);
            Map<String, Side> sides = new HashMap<>();
            for (List<String> subjects : Strata.inRandomOrder(dataset, seed, "split")) {
                sides.putAll(IterativeStratification.assign(subjects, values, shares, quotas(subjects.size(), shares)));
            }
            return sides;
        }, shares, name + ".stratifiedBy" + all, new ComponentDescription(SUBJECTS, settings));
    }

    /**
     * Returns a random and stable split by subject: a subject's set depends on its name and the seed alone, so that
     * held-out subjects remain held out when the data grow. The shares hold on average only; with few subjects they may
     * differ considerably, or a set may lack a class.
     *
     * @param training share of the subjects, above 0; the three shares add up to 1
     * @param validation share of the subjects, above 0
     * @param test share of the subjects, above 0
     */
    public static SubjectSplit stable(double training, double validation, double test) {
        double[] shares = shares(training, validation, test);
        return new SubjectSplit((dataset, seed) -> {
            RandomStreams random = new RandomStreams(seed);
            Map<String, Side> sides = new HashMap<>();
            for (String subject : dataset.subjects()) {
                double place = random.stream("stable split", 0, subject).nextDouble();
                sides.put(subject, place < test ? Side.TEST : place < test + validation ? Side.VALIDATION : Side.TRAINING);
            }
            return sides;
        }, null, "SubjectSplit.stable" + Arrays.toString(shares), new ComponentDescription(STABLE, described(shares)));
    }

    static Map<String, Object> described(double[] shares) {
        Map<String, Object> settings = new LinkedHashMap<>();
        for (Side side : Side.values()) {
            settings.put(Settings.nameOf(side), shares[side.ordinal()]);
        }
        return settings;
    }

    static double[] shares(double training, double validation, double test) {
        double[] shares = {training, validation, test};
        for (Side side : Side.values()) {
            if (!(shares[side.ordinal()] > 0)) {
                throw new IllegalArgumentException("the share of " + side + " must be above 0, but was " + shares[side.ordinal()]);
            }
        }
        if (Math.abs(training + validation + test - 1) > 1e-9) {
            throw new IllegalArgumentException("the shares of a split must add up to 1, but " + training + " + "
                    + validation + " + " + test + " is " + (training + validation + test));
        }
        return shares;
    }

    /**
     * Returns a fixed split: these subjects are for testing and validation, all others for training.
     *
     * @param validation at least one subject
     * @param test at least one subject, none of which is in {@code validation}
     */
    public static SubjectSplit holdingOut(Set<String> validation, Set<String> test) {
        return holdingOut(List.copyOf(new TreeSet<>(validation)), List.copyOf(new TreeSet<>(test)));
    }

    /** Returns a fixed split that is described with the subjects in this order. */
    static SubjectSplit holdingOut(List<String> validationSubjects, List<String> testSubjects) {
        List<String> validation = validationSubjects.stream().map(PlainText::of).toList();
        List<String> test = testSubjects.stream().map(PlainText::of).toList();
        Map<String, Side> named = new TreeMap<>();
        validation.forEach(subject -> named.put(subject, Side.VALIDATION));
        for (String subject : test) {
            if (named.put(subject, Side.TEST) != null) {
                throw new IllegalArgumentException("subject " + subject
                        + " must be either for validation or for testing, but was given for both");
            }
        }
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put(Settings.nameOf(Side.VALIDATION), validation);
        settings.put(Settings.nameOf(Side.TEST), test);
        return new SubjectSplit((dataset, seed) -> {
            Map<String, Side> sides = new HashMap<>(named);
            dataset.subjects().forEach(subject -> sides.putIfAbsent(subject, Side.TRAINING));
            return sides;
        }, null, "SubjectSplit.holdingOut" + named, new ComponentDescription(HELD_OUT, settings));
    }

    @Override
    public ComponentDescription description() {
        return description;
    }

    @Override
    public String toString() {
        return name;
    }

    @Override
    public Map<String, Side> assign(Dataset dataset, long seed) {
        return assignment.of(dataset, seed);
    }

    private static Map<String, Side> byShares(Dataset dataset, double[] shares, long seed) {
        Map<String, Side> sides = new HashMap<>();
        for (List<String> subjects : Strata.inRandomOrder(dataset, seed, "split")) {
            int[] counts = quotas(subjects.size(), shares);
            int next = 0;
            for (Side side : Side.values()) {
                for (int i = 0; i < counts[side.ordinal()]; i++) {
                    sides.put(subjects.get(next++), side);
                }
            }
        }
        return sides;
    }

    /** Returns the whole numbers nearest to the shares. */
    static int[] quotas(int subjects, double[] shares) {
        int[] counts = new int[shares.length];
        int given = 0;
        for (int i = 0; i < shares.length; i++) {
            counts[i] = (int) Math.floor(subjects * shares[i] + 1e-9);
            given += counts[i];
        }
        while (given < subjects) {
            int neediest = 0;
            for (int i = 1; i < shares.length; i++) {
                if (subjects * shares[i] - counts[i] > subjects * shares[neediest] - counts[neediest] + 1e-9) {
                    neediest = i;
                }
            }
            counts[neediest]++;
            given++;
        }
        if (subjects >= shares.length) {
            for (int i = 0; i < shares.length; i++) {
                while (counts[i] == 0) {
                    int richest = 0;
                    for (int j = 1; j < shares.length; j++) {
                        richest = counts[j] > counts[richest] ? j : richest;
                    }
                    counts[richest]--;
                    counts[i]++;
                }
            }
        }
        return counts;
    }
}
