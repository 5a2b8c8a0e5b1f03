package io.github.spirabr.core.inspection;

import io.github.spirabr.core.internal.Sha256;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What there is in a data set, and what in it gives the class away.
 *
 * @param fingerprint SHA-256 over the recordings' encoded bytes and labels, whatever their names and order; empty if the
 *     bytes were not read
 * @param classes how much there is of each class
 * @param properties columns of the manifest, traits and measures, those first that tell the classes apart best
 * @param duplicates recordings that sound the very same
 */
public record DatasetInspection(
        String fingerprint, List<ClassCounts> classes, List<Property> properties, List<Duplicates> duplicates) {

    private static final Set<String> MISSING = Set.of("", "?");
    private static final int LEAST_NUMBERS = 8;

    /** Copies the lists. */
    public DatasetInspection {
        classes = List.copyOf(classes);
        properties = List.copyOf(properties);
        duplicates = List.copyOf(duplicates);
    }

    /**
     * Sums up what was found of each recording. A column whose values are different for nearly every recording, such as
     * an id, is left out; one of numbers is a measure.
     *
     * @param facts at least one
     */
    public static DatasetInspection of(List<RecordingFacts> facts) {
        if (facts.isEmpty()) {
            throw new IllegalArgumentException("an inspection needs at least one recording");
        }
        List<ClassCounts> classes = Arrays.stream(Label.values()).map(label -> counts(label, facts)).toList();
        List<Property> properties = new ArrayList<>();
        for (String column : names(facts, one -> one.recording().metadata().keySet())) {
            column(column, facts, one -> one.recording().metadata().get(column)).ifPresent(properties::add);
        }
        for (String trait : names(facts, one -> one.traits().keySet())) {
            kinds(trait, facts, one -> one.traits().get(trait)).ifPresent(properties::add);
        }
        for (String measure : names(facts, one -> one.measures().keySet())) {
            numbers(measure, facts, one -> one.measures().get(measure)).ifPresent(properties::add);
        }
        properties.sort(Comparator.comparingDouble((Property one) -> -one.hint().lower()).thenComparing(Property::name));
        return new DatasetInspection(fingerprint(facts), classes, properties, duplicates(facts));
    }

    /** The properties that tell the classes apart for certain: what a model could learn in place of speech. */
    public List<Property> suspects() {
        return properties.stream().filter(property -> property.hint().isSuspect()).toList();
    }

    private static Set<String> names(List<RecordingFacts> facts, Function<RecordingFacts, Collection<String>> of) {
        Set<String> names = new LinkedHashSet<>();
        facts.forEach(one -> names.addAll(of.apply(one)));
        return names;
    }

    private static ClassCounts counts(Label label, List<RecordingFacts> facts) {
        List<RecordingFacts> its = facts.stream().filter(one -> one.recording().label() == label).toList();
        return new ClassCounts(
                label,
                its.size(),
                (int) its.stream().map(one -> one.recording().subject()).distinct().count(),
                its.stream().map(RecordingFacts::duration).reduce(Duration.ZERO, Duration::plus));
    }

    private static Optional<? extends Property> column(
            String name, List<RecordingFacts> facts, Function<RecordingFacts, String> value) {
        List<String> values = facts.stream().map(value).filter(one -> !isMissing(one)).toList();
        long distinct = values.stream().distinct().count();
        if (distinct >= LEAST_NUMBERS && values.stream().allMatch(DatasetInspection::isNumber)) {
            return numbers(name, facts, one -> isMissing(value.apply(one)) ? null : Double.valueOf(value.apply(one)));
        }
        boolean isName = distinct > LEAST_NUMBERS && distinct > values.size() / 2;
        return isName ? Optional.empty() : kinds(name, facts, value);
    }

    private static boolean isMissing(String value) {
        return value == null || MISSING.contains(value.strip());
    }

    private static boolean isNumber(String value) {
        try {
            return Double.isFinite(Double.parseDouble(value));
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** Missing values are a kind of their own: that they are missing may tell the class. */
    private static Optional<Property> kinds(
            String name, List<RecordingFacts> facts, Function<RecordingFacts, String> value) {
        List<String> kinds = facts.stream().map(one -> isMissing(value.apply(one)) ? "?" : value.apply(one)).toList();
        Map<String, Map<Label, Integer>> counts = new TreeMap<>();
        for (int i = 0; i < kinds.size(); i++) {
            Map<Label, Integer> ofKind = counts.computeIfAbsent(kinds.get(i), any -> new EnumMap<>(Label.class));
            ofKind.merge(facts.get(i).recording().label(), 1, Integer::sum);
        }
        if (counts.size() == 1) {
            return Optional.empty();
        }
        List<Recording> recordings = facts.stream().map(RecordingFacts::recording).toList();
        return Optional.of(new Property.Trait(name, counts, Hints.ofKinds(recordings, kinds)));
    }

    private static Optional<Property> numbers(
            String name, List<RecordingFacts> facts, Function<RecordingFacts, Double> value) {
        List<RecordingFacts> known = facts.stream().filter(one -> value.apply(one) != null).toList();
        double[] values = known.stream().mapToDouble(one -> value.apply(one)).toArray();
        if (Arrays.stream(values).distinct().count() < 2) {
            return Optional.empty();
        }
        Map<Label, Distribution> distributions = new EnumMap<>(Label.class);
        for (Label label : Label.values()) {
            double[] ofClass = known.stream()
                    .filter(one -> one.recording().label() == label)
                    .mapToDouble(value::apply)
                    .sorted()
                    .toArray();
            if (ofClass.length > 0) {
                distributions.put(label, Distribution.of(ofClass));
            }
        }
        List<Recording> recordings = known.stream().map(RecordingFacts::recording).toList();
        return Optional.of(new Property.Measure(name, distributions, Hints.ofNumbers(recordings, values)));
    }

    private static List<Duplicates> duplicates(List<RecordingFacts> facts) {
        Map<String, List<Recording>> bySound = facts.stream().filter(one -> !one.sound().isEmpty()).collect(Collectors.groupingBy(
                RecordingFacts::sound, TreeMap::new, Collectors.mapping(RecordingFacts::recording, Collectors.toList())));
        return bySound.values().stream()
                .filter(same -> same.size() > 1)
                .map(same -> new Duplicates(
                        same.stream().map(Recording::id).sorted().toList(),
                        same.stream().map(Recording::label).distinct().count() > 1,
                        same.stream().map(Recording::subject).distinct().count() > 1))
                .sorted(Comparator.comparing(one -> one.recordings().get(0)))
                .toList();
    }

    private static String fingerprint(List<RecordingFacts> facts) {
        if (facts.stream().anyMatch(one -> one.content().isEmpty())) {
            return "";
        }
        String lines = facts.stream()
                .map(one -> one.content() + ' ' + one.recording().label().code() + '\n')
                .sorted()
                .collect(Collectors.joining());
        return Sha256.hex(lines);
    }
}
