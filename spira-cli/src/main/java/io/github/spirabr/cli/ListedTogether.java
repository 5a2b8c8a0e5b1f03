package io.github.spirabr.cli;

import io.github.spirabr.core.dataset.Dataset;
import io.github.spirabr.core.dataset.InvalidDatasetException;
import io.github.spirabr.core.dataset.RecordingSource;
import io.github.spirabr.core.internal.adapter.FaultList;
import io.github.spirabr.core.recording.Recording;
import io.github.spirabr.core.storage.Storage;
import io.github.spirabr.storage.fs.manifest.Manifest;
import java.nio.file.Path;
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
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The recordings of several manifests, such as one for each side of a split, and which of them lists what. */
final class ListedTogether {

    static final String COLUMN = "manifest";

    private ListedTogether() {}

    /**
     * Lists the recordings of all manifests, which together must have both classes; where there are several manifests, a column
     * says which.
     *
     * @param missing receives a sentence for each audio file that does not exist
     */
    static Dataset withManifests(Map<String, RecordingSource> manifests, Consumer<String> missing) {
        return list(manifests, manifests.size() > 1, missing);
    }

    /** Returns the source of the recordings of all manifests, which together must have both classes. */
    static RecordingSource source(Map<String, RecordingSource> manifests) {
        return manifests.size() == 1 ? manifests.values().iterator().next() : () -> {
            List<String> missing = new ArrayList<>();
            Dataset dataset = list(manifests, false, missing::add);
            if (!missing.isEmpty()) {
                throw new InvalidDatasetException(dataset.name(), missing);
            }
            return dataset;
        };
    }

    private static Dataset list(Map<String, RecordingSource> manifests, boolean column, Consumer<String> missing) {
        List<Recording> all = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        FaultList faults = new FaultList();
        Map<String, String> listOfId = new HashMap<>();
        Map<String, String> listOfFile = new HashMap<>();
        manifests.forEach((manifest, source) -> {
            UnaryOperator<String> named = sentence -> manifests.size() == 1 ? sentence : manifest + ": " + sentence;
            for (Recording one : recordings(source, sentence -> missing.accept(named.apply(sentence)),
                    sentence -> notes.add(named.apply(sentence)))) {
                String sameFile = listOfFile.putIfAbsent(place(one), manifest);
                String sameId = listOfId.putIfAbsent(one.id(), manifest);
                if (sameFile != null) {
                    faults.add("recordings that are listed twice", "", "recording " + one.id() + " is listed in " + sameFile
                            + " and in " + manifest + "; take it out of one of them");
                } else if (sameId != null) {
                    faults.add("paths that stand for two files", "", "the path " + one.id() + " must stand for one recording,"
                            + " but is one file in " + sameId + " and another in " + manifest
                            + "; write paths from a common folder, and name it as the root");
                } else {
                    all.add(column ? withManifest(one, manifest) : one);
                }
            }
        });
        String name = String.join(", ", manifests.keySet());
        if (!faults.isEmpty()) {
            throw new InvalidDatasetException(name, faults.sentences());
        }
        return Dataset.of(name, all, notes);
    }

    private static List<Recording> recordings(RecordingSource source, Consumer<String> missing, Consumer<String> notes) {
        return source instanceof Manifest manifest ? manifest.list(missing, notes) : source.list();
    }

    /** Returns the address or the path of a recording in one spelling. */
    private static String place(Recording recording) {
        String name = recording.audio().name();
        return Storage.isAddress(name) ? name : Path.of(name).toAbsolutePath().normalize().toString();
    }

    private static Recording withManifest(Recording one, String manifest) {
        Map<String, String> metadata = new LinkedHashMap<>(one.metadata());
        metadata.put(COLUMN, manifest);
        return new Recording(one.id(), one.subject(), one.label(), metadata, one.audio());
    }

    /** Returns the manifests that list these recordings, by name. */
    static SortedSet<String> manifestsOf(Dataset dataset, List<String> ids) {
        Set<String> wanted = new HashSet<>(ids);
        SortedSet<String> manifests = new TreeSet<>();
        dataset.recordings().stream()
                .filter(one -> wanted.contains(one.id()) && one.metadata().containsKey(COLUMN))
                .forEach(one -> manifests.add(one.metadata().get(COLUMN)));
        return manifests;
    }

    /** Returns the subjects that are listed in several manifests, with these. */
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
