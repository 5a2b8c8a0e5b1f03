package io.github.spirabr.core.dataset;

import io.github.spirabr.core.random.RandomStreams;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Subjects by the classes of their recordings. */
final class Strata {

    private Strata() {}

    /**
     * Returns the subjects that have only controls, only patients or both, each in a random order. A subject's position
     * depends on its own stream, so that a new subject does not reshuffle the others.
     */
    static Collection<List<String>> inRandomOrder(Dataset dataset, long seed, String purpose) {
        Map<String, EnumSet<Label>> classes = new TreeMap<>();
        for (Recording recording : dataset.recordings()) {
            classes.computeIfAbsent(recording.subject(), subject -> EnumSet.noneOf(Label.class)).add(recording.label());
        }
        Map<String, List<String>> strata = new TreeMap<>();
        classes.forEach((subject, labels) -> strata.computeIfAbsent(labels.toString(), s -> new ArrayList<>()).add(subject));
        RandomStreams random = new RandomStreams(seed);
        for (List<String> subjects : strata.values()) {
            Map<String, Long> places = new HashMap<>();
            subjects.forEach(subject -> places.put(subject, random.stream(purpose, 0, subject).nextLong()));
            subjects.sort(Comparator.<String, Long>comparing(places::get).thenComparing(Comparator.naturalOrder()));
        }
        return strata.values();
    }
}
