package io.github.spirabr.storage.fs.config;

import io.github.spirabr.core.component.Settings;
import io.github.spirabr.core.dataset.ColumnSplit;
import io.github.spirabr.core.dataset.Dataset;
import io.github.spirabr.core.dataset.InvalidDatasetException;
import io.github.spirabr.core.dataset.RecordingSource;
import io.github.spirabr.core.dataset.Side;
import io.github.spirabr.core.dataset.Splitter;
import io.github.spirabr.core.recording.Recording;
import io.github.spirabr.storage.fs.config.Experiment.RecordingLists;
import io.github.spirabr.storage.fs.manifest.CsvManifest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Recordings of one manifest for each side, as published experiments list them. Immutable and thread-safe. */
final class ListedRecordings implements RecordingSource {

    private static final String COLUMN = "listed side";

    private final RecordingLists lists;

    private ListedRecordings(RecordingLists lists) {
        this.lists = lists;
    }

    /** The recordings of one manifest or of one for each side. */
    static RecordingSource of(RecordingLists lists) {
        return lists.manifest().isPresent() ? manifest(lists, lists.manifest().get()) : new ListedRecordings(lists);
    }

    /** Puts each recording on the side whose manifest lists it. */
    static Splitter splitter() {
        Map<String, Side> sides = new LinkedHashMap<>();
        for (Side side : Side.values()) {
            sides.put(Settings.nameOf(side), side);
        }
        return ColumnSplit.of(COLUMN, sides);
    }

    private static CsvManifest manifest(RecordingLists lists, Path path) {
        CsvManifest.Builder builder =
                CsvManifest.builder(path).fileColumn(lists.fileColumn()).classColumn(lists.classColumn());
        lists.root().ifPresent(builder::root);
        lists.subjectColumn().ifPresent(builder::subjectColumn);
        return builder.build();
    }

    @Override
    public Dataset load() {
        return Dataset.of(name(), read(manifest -> manifest.load().recordings()));
    }

    @Override
    public List<Recording> list() {
        return read(CsvManifest::list);
    }

    private String name() {
        return Arrays.stream(Side.values()).map(side -> lists.sides().get(side).toString()).collect(Collectors.joining(", "));
    }

    private List<Recording> read(Function<CsvManifest, List<Recording>> reading) {
        List<Recording> recordings = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        for (Side side : Side.values()) {
            Path path = lists.sides().get(side);
            try {
                for (Recording one : reading.apply(manifest(lists, path))) {
                    Map<String, String> metadata = new LinkedHashMap<>(one.metadata());
                    metadata.put(COLUMN, Settings.nameOf(side));
                    recordings.add(new Recording(one.id(), one.subject(), one.label(), metadata, one.audio()));
                }
            } catch (InvalidDatasetException e) {
                faults.add(e.getMessage());
            }
        }
        if (!faults.isEmpty()) {
            throw new InvalidDatasetException(name(), faults);
        }
        return recordings;
    }

    @Override
    public String toString() {
        return "ListedRecordings" + lists.sides();
    }
}
