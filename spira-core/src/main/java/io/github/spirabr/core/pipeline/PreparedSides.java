package io.github.spirabr.core.pipeline;

import io.github.spirabr.core.dataset.PreparedDataset;
import io.github.spirabr.core.dataset.PreparedDatasetException;
import io.github.spirabr.core.dataset.PreparedDatasetRepository;
import io.github.spirabr.core.dataset.PreparedRecording;
import io.github.spirabr.core.dataset.Side;
import io.github.spirabr.core.model.RecordingFeatures;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import io.github.spirabr.core.recording.Recording;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The features of a split's sets as prepared data sets, each named by all that its features depend on. Reading is
 * thread-safe.
 */
final class PreparedSides implements AutoCloseable {

    private record Place(PreparedDataset dataset, int index) {}

    private final PreparedDatasetRepository repository;
    private final Map<Side, String> names = new EnumMap<>(Side.class);
    private final List<PreparedDataset> open = new ArrayList<>();
    private final Map<String, Place> places = new ConcurrentHashMap<>();

    PreparedSides(PreparedDatasetRepository repository) {
        this.repository = repository;
    }

    /** Adds a set with the fingerprint of all that its features depend on. */
    void add(Side side, String fingerprint) {
        names.put(side, side.name().toLowerCase(Locale.ROOT) + "-" + fingerprint);
    }

    /** Returns the names of the data sets, by set; a set whose features are drawn anew in each epoch has none. */
    Map<Side, String> names() {
        return names;
    }

    /** Returns whether all sets exist; damaged ones are deleted, so that they are computed again. */
    boolean areThere() {
        return names.values().stream().filter(this::isWhole).count() == names.size();
    }

    private boolean isWhole(String name) {
        if (!repository.names().contains(name)) {
            return false;
        }
        try (PreparedDataset dataset = repository.open(name)) {
            return !dataset.entries().isEmpty();
        } catch (PreparedDatasetException e) {
            repository.delete(name);
            RunLog.computedAgain(e);
            return false;
        }
    }

    /**
     * Stores the features of a set, unless that was done; recordings that cannot be used are left out.
     *
     * @param work computes the features of one recording
     */
    void keep(Side side, List<Recording> recordings, Preparation preparation, Function<Recording, RecordingFeatures> work) {
        String name = names.get(side);
        if (repository.names().contains(name)) {
            Set<String> kept = kept(name);
            List<Recording> missing = recordings.stream().filter(one -> !kept.contains(one.id())).toList();
            preparation.counted(recordings.size() - missing.size());
            int usable = preparation.visit(missing, work).size();
            if (usable == 0) {
                return;
            }
            // What could not be reached once can be now.
            repository.delete(name);
            preparation.counted(missing.size() - recordings.size() - usable);
        }
        try (Preparation.Visits<RecordingFeatures> visits = preparation.visits(recordings, work)) {
            if (visits.hasNext()) {
                save(name, visits);
            }
        }
    }

    /** Deletes the existing data sets, so that they can be computed again. */
    void delete() {
        names.values().forEach(repository::delete);
    }

    private Set<String> kept(String name) {
        Set<String> ids = new HashSet<>();
        try (PreparedDataset dataset = repository.open(name)) {
            dataset.entries().forEach(entry -> ids.add(entry.id()));
        }
        return ids;
    }

    private void save(String name, Iterator<RecordingFeatures> features) {
        try {
            repository.save(name, name.substring(name.length() - 64), new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return features.hasNext();
                }

                @Override
                public PreparedRecording next() {
                    RecordingFeatures next = features.next();
                    Recording recording = next.recording();
                    return new PreparedRecording(recording.id(), recording.subject(), recording.label(),
                            recording.metadata(), next.windows());
                }
            });
        } catch (PreparedDatasetException e) {
            // Another machine may have been faster with the very same.
            if (!repository.names().contains(name)) {
                throw e;
            }
        }
    }

    /** Opens the existing data sets; the other features are computed from the recordings. */
    void open() {
        Set<String> there = repository.names();
        for (String name : names.values()) {
            if (there.contains(name)) {
                PreparedDataset dataset = repository.open(name);
                open.add(dataset);
                Map<String, Place> entries = new HashMap<>();
                for (int i = 0; i < dataset.entries().size(); i++) {
                    entries.put(dataset.entries().get(i).id(), new Place(dataset, i));
                }
                places.putAll(entries);
            }
        }
    }

    /** Returns the stored features of a recording; empty if there are none. */
    Optional<List<FeatureMatrix>> get(Recording recording) {
        return Optional.ofNullable(places.get(recording.id())).map(place -> place.dataset.read(place.index).windows());
    }

    @Override
    public void close() {
        open.forEach(PreparedDataset::close);
        open.clear();
    }
}
