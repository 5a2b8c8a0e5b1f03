package io.github.spirabr.core.audit;

import io.github.spirabr.core.dataset.DatasetSplit;
import io.github.spirabr.core.dataset.Side;
import io.github.spirabr.core.recording.Label;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A description of a split that passed its audit: no subject, no identical or nearly identical audio, no part of a
 * recording and no noise is in two sets, except those that the user explicitly allows, which its warnings report.
 * Immutable.
 */
public final class SplitCertificate {

    private final String splitter;
    private final long seed;
    private final List<SideCount> counts;
    private final List<GroupCount> groups;
    private final SortedSet<String> sharedSubjects;
    private final boolean subjectsUnknown;
    private final SplitAudit.Result audit;
    private final List<String> pretraining;

    SplitCertificate(
            String splitter,
            long seed,
            List<SideCount> counts,
            List<GroupCount> groups,
            SortedSet<String> sharedSubjects,
            boolean subjectsUnknown,
            SplitAudit.Result audit,
            List<String> pretraining) {
        this.splitter = splitter;
        this.seed = seed;
        this.counts = List.copyOf(counts);
        this.groups = List.copyOf(groups);
        this.sharedSubjects = Collections.unmodifiableSortedSet(new TreeSet<>(sharedSubjects));
        this.subjectsUnknown = subjectsUnknown;
        this.audit = audit;
        this.pretraining = List.copyOf(pretraining);
    }

    /** Returns the description of the splitter. */
    public String splitter() {
        return splitter;
    }

    /** Returns the seed of the run. */
    public long seed() {
        return seed;
    }

    /** Returns the numbers of recordings and subjects of each set and class. */
    public List<SideCount> counts() {
        return counts;
    }

    /** Returns the numbers of recordings and subjects of each set, by columns of the manifest. */
    public List<GroupCount> groups() {
        return groups;
    }

    /** Returns the subjects in more than one set, in a split by recording that the user explicitly requested. */
    public SortedSet<String> sharedSubjects() {
        return sharedSubjects;
    }

    /** Returns whether no recording names its subject, so that each counts as a subject of its own. */
    public boolean subjectsUnknown() {
        return subjectsUnknown;
    }

    /** Returns the result of the audit. */
    public SplitAudit.Result audit() {
        return audit;
    }

    /**
     * Returns sentences on the training of the weights that this training starts from; empty if there are
     * none.
     */
    public List<String> pretraining() {
        return pretraining;
    }

    private static final int NAMED = 10;
    private static final Set<Leak.Kind> OF_RECORDINGS =
            EnumSet.of(Leak.Kind.IDENTICAL_AUDIO, Leak.Kind.NEAR_IDENTICAL_AUDIO, Leak.Kind.WINDOW);

    /** Recordings and subjects of one set and class. */
    public record SideCount(Side side, Label label, int recordings, int subjects) {}

    /** Recordings and subjects of one set that have one value of a column; {@code ?} if it is missing. */
    public record GroupCount(String column, String value, Side side, int recordings, int subjects) {}

    /**
     * Returns the certificate of an audited split, or of a split that some of its recordings were removed from.
     *
     * @param splitter the description of the splitter
     * @param seed seed of the run
     * @param audit the result of {@link SplitAudit#search}
     * @param groupColumns columns whose values are counted; those of at most 20 values if empty
     */
    public static SplitCertificate of(
            DatasetSplit split, String splitter, long seed, SplitAudit.Result audit, Optional<List<String>> groupColumns) {
        return new SplitCertificate(
                splitter, seed, SplitCounts.byClass(split), SplitCounts.byGroup(split, groupColumns), split.sharedSubjects(),
                SplitCounts.subjectsUnknown(split), audit, List.of());
    }

    /** Returns the certificate of a training that starts from the weights of another one. */
    public SplitCertificate pretrained(List<String> sentences) {
        return new SplitCertificate(splitter, seed, counts, groups, sharedSubjects, subjectsUnknown, audit, sentences);
    }

    /** Returns the warnings that a report must highlight, one sentence each; may be empty. */
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        if (!sharedSubjects.isEmpty()) {
            warnings.add("Split by recording: " + sharedSubjects.size() + " subjects are in more than one set ("
                    + named(List.copyOf(sharedSubjects)) + "). The test set has subjects of the training set, so"
                    + " the metrics do not hold for subjects not seen in training.");
        }
        if (subjectsUnknown) {
            warnings.add("No recording names its subject, so each counts as a subject of its own. If a person was recorded"
                    + " twice, the metrics are too high.");
        }
        if (!audit.sharedNoises().isEmpty()) {
            warnings.add("Training and evaluation use the same noises ("
                    + named(audit.sharedNoises().stream().map(leak -> file(leak.first())).distinct().toList())
                    + "), as the settings say. Metrics under these noises are too high.");
        }
        if (!audit.tooQuiet().isEmpty()) {
            warnings.add("Of " + audit.recordings() + " recordings, " + (audit.recordings() - audit.tooQuiet().size())
                    + " were compared in any form; " + audit.tooQuiet().size() + " are too short or too quiet for that ("
                    + named(audit.tooQuiet()) + "): these were searched for copies and excerpts of equal samples only.");
        }
        if (!audit.likeSubjects().isEmpty()) {
            warnings.add("Subjects of two sets have nearly the same name, and may be one person: " + named(audit.likeSubjects()
                    .stream().map(one -> one.first() + " (" + one.firstSide() + ") and " + one.second() + " (" + one.secondSide() + ")")
                    .toList()) + ". Use one name for one person, or check that they are two people.");
        }
        warnings.addAll(pretraining);
        return warnings;
    }

    /** Returns the name of a file without its folder, since a stored artifact contains no paths. */
    private static String file(String path) {
        return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    }

    private static String named(List<String> names) {
        String shown = names.stream().limit(NAMED).collect(Collectors.joining(", "));
        return names.size() > NAMED ? shown + " and " + (names.size() - NAMED) + " more" : shown;
    }

    /** Returns sorted names with values; equal certificates give equal texts. */
    public SortedMap<String, String> describe() {
        SortedMap<String, String> text = new TreeMap<>();
        text.put("format", "1");
        text.put("split", splitter);
        text.put("seed", Long.toString(seed));
        for (SideCount one : counts) {
            put(text, "side." + name(one.side()) + '.' + name(one.label()), one.recordings(), one.subjects());
        }
        for (GroupCount one : groups) {
            put(text, "group." + one.column() + '.' + one.value() + '.' + name(one.side()), one.recordings(), one.subjects());
        }
        text.put("noises.training", Integer.toString(audit.trainingNoises()));
        text.put("noises.evaluation", Integer.toString(audit.evaluationNoises()));
        text.put("audit.recordings", Integer.toString(audit.recordings()));
        text.put("audit.recordingsInAnyForm", Integer.toString(audit.recordings() - audit.tooQuiet().size()));
        text.put("audit.method", audit.method());
        text.put("audit.subjectsOnTwoSides", Integer.toString(sharedSubjects.size()));
        Arrays.stream(Leak.Kind.values()).filter(kind -> OF_RECORDINGS.contains(kind))
                .forEach(kind -> text.put("audit." + camel(kind), "0"));
        text.put("audit.noisesOnTwoSides", Integer.toString(audit.sharedNoises().size()));
        text.put("audit.tooQuiet", Integer.toString(audit.tooQuiet().size()));
        List<String> warnings = warnings();
        for (int i = 0; i < warnings.size(); i++) {
            text.put("warning." + i, warnings.get(i));
        }
        return text;
    }

    private static void put(SortedMap<String, String> text, String name, int recordings, int subjects) {
        text.put(name + ".recordings", Integer.toString(recordings));
        text.put(name + ".subjects", Integer.toString(subjects));
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static String camel(Leak.Kind kind) {
        return switch (kind) {
            case IDENTICAL_AUDIO -> "identicalOnTwoSides";
            case NEAR_IDENTICAL_AUDIO -> "nearlyIdenticalOnTwoSides";
            default -> "windowsOnTwoSides";
        };
    }

    private List<Object> values() {
        return List.of(splitter, seed, counts, groups, sharedSubjects, subjectsUnknown, audit, pretraining);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SplitCertificate that && values().equals(that.values());
    }

    @Override
    public int hashCode() {
        return values().hashCode();
    }

    @Override
    public String toString() {
        return "SplitCertificate" + values();
    }
}
