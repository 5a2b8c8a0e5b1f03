package io.github.spirabr.core.inspection;

import io.github.spirabr.core.audio.SoundNote;
import io.github.spirabr.core.internal.DecimalText;
import io.github.spirabr.core.internal.LikeNames;
import io.github.spirabr.core.internal.MissingValue;
import io.github.spirabr.core.internal.Sha256;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A summary of a data set, including the properties that reveal the class.
 */
public final class DatasetInspection {

    private static final int LEAST_NUMBERS = 8;

    private final String fingerprint;
    private final List<ClassCounts> classes;
    private final List<Property> properties;
    private final List<Property.Measure> speech;
    private final List<Duplicates> duplicates;
    private final List<SortedSet<String>> overlaps;
    private final List<SortedSet<String>> likeSubjects;
    private final List<NotedRecordings> noted;

    private DatasetInspection(
            String fingerprint,
            List<ClassCounts> classes,
            List<Property> properties,
            List<Property.Measure> speech,
            List<Duplicates> duplicates,
            List<SortedSet<String>> overlaps,
            List<SortedSet<String>> likeSubjects,
            List<NotedRecordings> noted) {
        this.fingerprint = fingerprint;
        this.classes = List.copyOf(classes);
        this.properties = List.copyOf(properties);
        this.speech = List.copyOf(speech);
        this.duplicates = List.copyOf(duplicates);
        this.overlaps = List.copyOf(overlaps);
        this.likeSubjects = List.copyOf(likeSubjects);
        this.noted = List.copyOf(noted);
    }

    /**
     * Returns the SHA-256 over the recordings' encoded bytes, parts of them and labels, independent of their names and order;
     * empty if the bytes were not read.
     */
    public String fingerprint() {
        return fingerprint;
    }

    /** Returns the amount of data of each class. */
    public List<ClassCounts> classes() {
        return classes;
    }

    /** Returns columns of the manifest, traits and measures, in descending order of separation of the classes. */
    public List<Property> properties() {
        return properties;
    }

    /**
     * Returns the measures of speech, in their order; empty if they were not measured. They are what a model is to learn, and
     * never suspects.
     */
    public List<Property.Measure> speech() {
        return speech;
    }

    /** Returns the recordings with identical samples. */
    public List<Duplicates> duplicates() {
        return duplicates;
    }

    /**
     * Returns ids of recordings, two or more, that overlap in one file, from the earliest part on: parts of it with time and
     * channels in common, and the whole file with its parts. Nothing needs to be decoded for that.
     */
    public List<SortedSet<String>> overlaps() {
        return overlaps;
    }

    /**
     * Returns names of subjects, two or more, that differ in case, blanks, accents, dashes or leading zeros only, and may be
     * one person's.
     */
    public List<SortedSet<String>> likeSubjects() {
        return likeSubjects;
    }

    /** Returns the recordings of which sound was inserted or left out, by the kind of finding. */
    public List<NotedRecordings> noted() {
        return noted;
    }

    /**
     * Summarises the facts of the recordings. A column with different values for nearly every recording, such as an id,
     * is left out; a column of numbers is a measure.
     *
     * @param facts at least one
     */
    public static DatasetInspection of(List<RecordingFacts> facts) {
        if (facts.isEmpty()) {
            throw new IllegalArgumentException("an inspection must have at least one recording");
        }
        FactsTable table = FactsTable.copyOf(facts);
        List<Recording> recordings = table.recordings();
        List<ClassCounts> classes = Arrays.stream(Label.values()).map(label -> counts(label, table)).toList();
        List<Property> properties = new ArrayList<>();
        Set<String> columns = new LinkedHashSet<>();
        recordings.forEach(one -> columns.addAll(one.metadata().keySet()));
        for (String column : columns) {
            column(column, recordings).ifPresent(properties::add);
        }
        for (String trait : table.traits()) {
            kinds(trait, recordings, row -> table.trait(trait, row)).ifPresent(properties::add);
        }
        for (String measure : table.measures()) {
            numbers(measure, recordings, row -> table.measure(measure, row)).ifPresent(properties::add);
        }
        properties.sort(Comparator.comparingDouble((Property one) -> -one.hint().lower()).thenComparing(Property::name));
        List<Property.Measure> speech = new ArrayList<>();
        for (String measure : table.speech()) {
            numbers(measure, recordings, row -> table.speech(measure, row)).ifPresent(speech::add);
        }
        return new DatasetInspection(fingerprint(table), classes, properties, speech, duplicates(table),
                OverlappingParts.of(recordings),
                LikeNames.groups(recordings.stream().map(Recording::subject).distinct().toList()), noted(table));
    }

    /** Returns the properties that certainly separate the classes, and that a model could learn in place of speech. */
    public List<Property> suspects() {
        return properties.stream().filter(property -> property.hint().isSuspect()).toList();
    }

    private static ClassCounts counts(Label label, FactsTable facts) {
        int count = 0;
        Set<String> subjects = new HashSet<>();
        Duration duration = Duration.ZERO;
        for (int row = 0; row < facts.size(); row++) {
            if (facts.recording(row).label() == label) {
                count++;
                subjects.add(facts.recording(row).subject());
                duration = duration.plus(facts.duration(row));
            }
        }
        return new ClassCounts(label, count, subjects.size(), duration);
    }

    private static Optional<Property> column(String name, List<Recording> recordings) {
        IntFunction<String> value = row -> recordings.get(row).metadata().get(name);
        Set<String> distinct = new HashSet<>();
        int known = 0;
        for (int row = 0; row < recordings.size(); row++) {
            String one = value.apply(row);
            if (!MissingValue.isMissing(one)) {
                known++;
                distinct.add(one);
            }
        }
        if (distinct.size() >= LEAST_NUMBERS && distinct.stream().allMatch(DecimalText::isNumber)) {
            return numbers(name, recordings,
                    row -> MissingValue.isMissing(value.apply(row)) ? Double.NaN : DecimalText.number(value.apply(row)))
                    .map(Property.class::cast);
        }
        boolean isName = distinct.size() > LEAST_NUMBERS && distinct.size() > known / 2;
        return isName ? Optional.empty() : kinds(name, recordings, value);
    }

    /** Returns the property of kinds. Missing values are a kind of their own, since they may reveal the class. */
    private static Optional<Property> kinds(String name, List<Recording> recordings, IntFunction<String> value) {
        String[] kinds = new String[recordings.size()];
        Map<String, Map<Label, Integer>> counts = new TreeMap<>();
        for (int row = 0; row < kinds.length; row++) {
            kinds[row] = MissingValue.isMissing(value.apply(row)) ? MissingValue.SIGN : value.apply(row);
            counts.computeIfAbsent(kinds[row], any -> new EnumMap<>(Label.class))
                    .merge(recordings.get(row).label(), 1, Integer::sum);
        }
        return counts.size() == 1
                ? Optional.empty()
                : Optional.of(new Property.Trait(name, counts, Hints.ofKinds(recordings, Arrays.asList(kinds))));
    }

    /** Returns the property of the recordings whose value is not NaN. */
    private static Optional<Property.Measure> numbers(String name, List<Recording> recordings, IntToDoubleFunction value) {
        double[] all = IntStream.range(0, recordings.size()).mapToDouble(value).toArray();
        List<Recording> known =
                IntStream.range(0, all.length).filter(row -> !Double.isNaN(all[row])).mapToObj(recordings::get).toList();
        double[] values = Arrays.stream(all).filter(one -> !Double.isNaN(one)).toArray();
        if (Arrays.stream(values).distinct().limit(2).count() < 2) {
            return Optional.empty();
        }
        Map<Label, Distribution> distributions = new EnumMap<>(Label.class);
        for (Label label : Label.values()) {
            double[] ofClass = IntStream.range(0, values.length)
                    .filter(i -> known.get(i).label() == label)
                    .mapToDouble(i -> values[i])
                    .sorted()
                    .toArray();
            if (ofClass.length > 0) {
                distributions.put(label, Distribution.of(ofClass));
            }
        }
        return Optional.of(new Property.Measure(name, distributions, Hints.ofNumbers(known, values)));
    }

    private static List<Duplicates> duplicates(FactsTable facts) {
        Set<String> heard = new HashSet<>();
        Map<String, List<Recording>> same = new HashMap<>();
        for (int row = 0; row < facts.size(); row++) {
            if (!facts.sound(row).isEmpty() && !heard.add(facts.sound(row))) {
                same.put(facts.sound(row), new ArrayList<>());
            }
        }
        for (int row = 0; row < facts.size(); row++) {
            List<Recording> group = same.get(facts.sound(row));
            if (group != null) {
                group.add(facts.recording(row));
            }
        }
        return same.values().stream()
                .map(group -> new Duplicates(
                        group.stream().map(Recording::id).sorted().toList(),
                        group.stream().map(Recording::label).distinct().count() > 1,
                        group.stream().map(Recording::subject).distinct().count() > 1))
                .sorted(Comparator.comparing(one -> one.recordings().get(0)))
                .toList();
    }

    private static List<NotedRecordings> noted(FactsTable facts) {
        Map<SoundNote.Kind, List<String>> ids = new EnumMap<>(SoundNote.Kind.class);
        Map<SoundNote.Kind, Duration> durations = new EnumMap<>(SoundNote.Kind.class);
        for (int row = 0; row < facts.size(); row++) {
            for (SoundNote note : facts.notes(row)) {
                ids.computeIfAbsent(note.kind(), any -> new ArrayList<>()).add(facts.recording(row).id());
                durations.merge(note.kind(), note.duration(), Duration::plus);
            }
        }
        return ids.entrySet().stream()
                .map(one -> new NotedRecordings(one.getKey(), one.getValue().stream().distinct().sorted().toList(),
                        durations.getOrDefault(one.getKey(), Duration.ZERO)))
                .toList();
    }

    private static String fingerprint(FactsTable facts) {
        if (IntStream.range(0, facts.size()).anyMatch(row -> facts.content(row).isEmpty())) {
            return "";
        }
        return Sha256.hex(IntStream.range(0, facts.size())
                .boxed()
                .sorted(Comparator.comparing((Integer row) -> facts.content(row))
                        .thenComparing(row -> facts.recording(row).label().code()))
                .map(row -> facts.content(row) + ' ' + facts.recording(row).label().code() + '\n'));
    }

    /**
     * The amount of data of a class.
     *
     * @param recordings number of recordings
     * @param subjects number of subjects
     * @param duration total duration
     */
    public record ClassCounts(Label label, int recordings, int subjects, Duration duration) {}

    /**
     * Recordings with identical samples.
     *
     * @param recordings their ids, at least two, sorted
     * @param acrossClasses whether they are labelled differently: then at least one label is wrong
     * @param acrossSubjects whether they are of different subjects, so that a split by subject could tear them apart
     */
    public record Duplicates(List<String> recordings, boolean acrossClasses, boolean acrossSubjects) {

        /** Copies the list. */
        public Duplicates {
            recordings = List.copyOf(recordings);
        }
    }

    /**
     * The recordings of a data set on which one kind of finding was noted.
     *
     * @param kind kind of finding
     * @param recordings their ids, sorted, at least one
     * @param duration duration of the sound that is concerned, in all
     */
    public record NotedRecordings(SoundNote.Kind kind, List<String> recordings, Duration duration) {

        /** Copies the list. */
        public NotedRecordings {
            recordings = List.copyOf(recordings);
        }
    }

    /**
     * A measure of the separation of the classes by a property alone: the probability that it ranks a patient and a control
     * correctly. 0.5 is chance, 1 is perfect. A high value of a property that is unrelated to the condition, such as a codec
     * or the noise of a room, means that a model can learn it in place of speech.
     *
     * @param auroc area under the receiver operating characteristic, at least 0.5 for numbers; for kinds, each recording is
     *     scored by other subjects' recordings, so that it may be below
     * @param lower end of its 95 % interval by bootstrap over subjects; NaN if undefined
     * @param upper end of its 95 % interval
     * @param patientsHigher whether patients have the higher values; for numbers
     */
    public record Hint(double auroc, double lower, double upper, boolean patientsHigher) {

        /** A property that is right this often is called a suspect. */
        public static final double STRONG = 0.7;

        /** Returns whether the AUROC is at least {@value #STRONG} and its interval lies above 0.5. */
        public boolean isSuspect() {
            return auroc >= STRONG && lower > 0.5;
        }
    }

    /**
     * The distribution of a measure over recordings.
     *
     * @param least the smallest value
     * @param low the 5th percentile
     * @param median the median
     * @param high the 95th percentile
     * @param greatest the largest value
     */
    public record Distribution(double least, double low, double median, double high, double greatest) {

        /**
         * Returns the distribution of values.
         *
         * @param sorted at least one, ascending
         */
        static Distribution of(double[] sorted) {
            return new Distribution(
                    sorted[0], at(sorted, 0.05), at(sorted, 0.5), at(sorted, 0.95), sorted[sorted.length - 1]);
        }

        private static double at(double[] sorted, double share) {
            return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
        }
    }

    /** A property of recordings, with a measure of its separation of the classes. */
    public sealed interface Property permits Property.Trait, Property.Measure {

        /** Returns the name, such as {@code codec}, {@code levelDb}, or a column of the manifest. */
        String name();

        /** Returns the measure of its separation of the classes. */
        Hint hint();

        /**
         * A property that is a kind.
         *
         * @param counts the number of recordings of each class, for each value, sorted by value
         */
        record Trait(String name, Map<String, Map<Label, Integer>> counts, Hint hint) implements Property {}

        /**
         * A property that is a number.
         *
         * @param distributions distributions for each class that has values
         */
        record Measure(String name, Map<Label, Distribution> distributions, Hint hint) implements Property {}
    }

    /**
     * The difference between two versions of a data set, by the recordings' encoded bytes, independent of their names; by
     * their ids where the bytes were not read.
     *
     * @param added ids, in the newer version, of recordings that are new
     * @param removed ids, in the older version, of recordings that were removed
     * @param relabelled ids, in the newer version, of recordings whose label changed
     */
    public record Difference(List<String> added, List<String> removed, List<String> relabelled) {

        /** Copies the lists. */
        public Difference {
            added = List.copyOf(added);
            removed = List.copyOf(removed);
            relabelled = List.copyOf(relabelled);
        }

        /** Compares. A recording that is listed twice in a version counts once. */
        public static Difference between(List<RecordingFacts> older, List<RecordingFacts> newer) {
            Map<String, Label> before = labels(older);
            Map<String, Label> after = labels(newer);
            List<String> added = new ArrayList<>();
            List<String> relabelled = new ArrayList<>();
            for (RecordingFacts one : newer) {
                Label label = before.get(key(one));
                if (label == null) {
                    added.add(one.recording().id());
                } else if (label != one.recording().label()) {
                    relabelled.add(one.recording().id());
                }
            }
            List<String> removed = older.stream()
                    .filter(one -> !after.containsKey(key(one)))
                    .map(one -> one.recording().id())
                    .toList();
            return new Difference(added, removed, relabelled);
        }

        private static String key(RecordingFacts one) {
            return one.content().isEmpty() ? "id " + one.recording().id() : one.content();
        }

        private static Map<String, Label> labels(List<RecordingFacts> facts) {
            Map<String, Label> labels = new HashMap<>();
            facts.forEach(one -> labels.put(key(one), one.recording().label()));
            return labels;
        }
    }

    private List<Object> values() {
        return List.of(fingerprint, classes, properties, speech, duplicates, overlaps, likeSubjects, noted);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DatasetInspection that && values().equals(that.values());
    }

    @Override
    public int hashCode() {
        return values().hashCode();
    }

    @Override
    public String toString() {
        return "DatasetInspection" + values();
    }
}
