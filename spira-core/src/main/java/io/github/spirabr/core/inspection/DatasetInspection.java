package io.github.spirabr.core.inspection;

import io.github.spirabr.core.audio.SoundNote;
import io.github.spirabr.core.internal.DecimalText;
import io.github.spirabr.core.internal.LikeNames;
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
 *
 * @param fingerprint SHA-256 over the recordings' encoded bytes and labels, independent of their names and order; empty
 *     if the bytes were not read
 * @param classes amount of data of each class
 * @param properties columns of the manifest, traits and measures, in descending order of separation of the classes
 * @param duplicates recordings with identical samples
 * @param likeSubjects names of subjects, two or more, that differ in case, blanks, accents, dashes or leading zeros only,
 *     and may be one person's
 * @param noted recordings of which sound was inserted or left out, by the kind of finding
 */
public record DatasetInspection(
        String fingerprint,
        List<ClassCounts> classes,
        List<Property> properties,
        List<Duplicates> duplicates,
        List<SortedSet<String>> likeSubjects,
        List<NotedRecordings> noted) {

    private static final Set<String> MISSING = Set.of("", "?");
    private static final int LEAST_NUMBERS = 8;

    /** Copies the lists. */
    public DatasetInspection {
        classes = List.copyOf(classes);
        properties = List.copyOf(properties);
        duplicates = List.copyOf(duplicates);
        likeSubjects = List.copyOf(likeSubjects);
        noted = List.copyOf(noted);
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
        return new DatasetInspection(fingerprint(table), classes, properties, duplicates(table),
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
            if (!isMissing(one)) {
                known++;
                distinct.add(one);
            }
        }
        if (distinct.size() >= LEAST_NUMBERS && distinct.stream().allMatch(DecimalText::isNumber)) {
            return numbers(name, recordings,
                    row -> isMissing(value.apply(row)) ? Double.NaN : DecimalText.number(value.apply(row)));
        }
        boolean isName = distinct.size() > LEAST_NUMBERS && distinct.size() > known / 2;
        return isName ? Optional.empty() : kinds(name, recordings, value);
    }

    private static boolean isMissing(@Nullable String value) {
        return value == null || MISSING.contains(value.strip());
    }

    /** Returns the property of kinds. Missing values are a kind of their own, since they may reveal the class. */
    private static Optional<Property> kinds(String name, List<Recording> recordings, IntFunction<String> value) {
        String[] kinds = new String[recordings.size()];
        Map<String, Map<Label, Integer>> counts = new TreeMap<>();
        for (int row = 0; row < kinds.length; row++) {
            kinds[row] = isMissing(value.apply(row)) ? "?" : value.apply(row);
            counts.computeIfAbsent(kinds[row], any -> new EnumMap<>(Label.class))
                    .merge(recordings.get(row).label(), 1, Integer::sum);
        }
        return counts.size() == 1
                ? Optional.empty()
                : Optional.of(new Property.Trait(name, counts, Hints.ofKinds(recordings, Arrays.asList(kinds))));
    }

    /** Returns the property of the recordings whose value is not NaN. */
    private static Optional<Property> numbers(String name, List<Recording> recordings, IntToDoubleFunction value) {
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
}
