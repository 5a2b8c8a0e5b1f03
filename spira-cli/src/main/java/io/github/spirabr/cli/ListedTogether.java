package io.github.spirabr.cli;

import io.github.spirabr.core.dataset.Dataset;
import io.github.spirabr.core.dataset.InvalidDatasetException;
import io.github.spirabr.core.dataset.RecordingSource;
import io.github.spirabr.core.recording.Recording;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The recordings of several manifests, such as one for each side of a split, and which of them lists what. */
final class ListedTogether {

    static final String COLUMN = "manifest";

    private ListedTogether() {}

    /**
     * The recordings of all manifests, which together must have both classes; where there are several manifests, a column says
     * which. It is not checked that the audio files exist.
     */
    static Dataset list(Map<String, RecordingSource> manifests) {
        List<Recording> all = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        Map<String, String> listOf = new HashMap<>();
        manifests.forEach((manifest, source) -> {
            for (Recording one : source.list()) {
                String before = listOf.putIfAbsent(one.id(), manifest);
                if (before != null) {
                    faults.add("recording " + one.id() + " is listed in " + before + " and in " + manifest
                            + "; take it out of one of them");
                } else if (manifests.size() == 1) {
                    all.add(one);
                } else {
                    Map<String, String> metadata = new LinkedHashMap<>(one.metadata());
                    metadata.put(COLUMN, manifest);
                    all.add(new Recording(one.id(), one.subject(), one.label(), metadata, one.audio()));
                }
            }
        });
        String name = String.join(", ", manifests.keySet());
        if (!faults.isEmpty()) {
            throw new InvalidDatasetException(name, faults);
        }
        return Dataset.of(name, all);
    }

    /** The manifests that list these recordings, by name. */
    static SortedSet<String> manifestsOf(Dataset dataset, List<String> ids) {
        Set<String> wanted = new HashSet<>(ids);
        SortedSet<String> manifests = new TreeSet<>();
        dataset.recordings().stream()
                .filter(one -> wanted.contains(one.id()) && one.metadata().containsKey(COLUMN))
                .forEach(one -> manifests.add(one.metadata().get(COLUMN)));
        return manifests;
    }

    /** The subjects that are listed in several manifests, with these. */
    static SortedMap<String, SortedSet<String>> sharedSubjects(Dataset dataset) {
        SortedMap<String, SortedSet<String>> lists = new TreeMap<>();
        for (Recording one : dataset.recordings()) {
            if (one.metadata().containsKey(COLUMN)) {
                lists.computeIfAbsent(one.subject(), any -> new TreeSet<>()).add(one.metadata().get(COLUMN));
            }
        }
        lists.values().removeIf(manifests -> manifests.size() < 2);
        return lists;
    }
}
