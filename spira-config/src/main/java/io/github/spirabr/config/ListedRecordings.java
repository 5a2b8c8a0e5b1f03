package io.github.spirabr.config;

import io.github.spirabr.config.Experiment.RecordingLists;
import io.github.spirabr.core.component.InvalidSettingException;
import io.github.spirabr.core.component.Settings;
import io.github.spirabr.core.dataset.ColumnSplit;
import io.github.spirabr.core.dataset.Dataset;
import io.github.spirabr.core.dataset.InvalidDatasetException;
import io.github.spirabr.core.dataset.RecordingSource;
import io.github.spirabr.core.dataset.Side;
import io.github.spirabr.core.dataset.Splitter;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import io.github.spirabr.storage.fs.manifest.ClassLists;
import io.github.spirabr.storage.fs.manifest.CsvManifest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Recordings of one manifest for each side, as published experiments list them. Immutable and thread-safe. */
final class ListedRecordings implements RecordingSource {

    private static final String COLUMN = "listed side";

    private final RecordingLists lists;

    private ListedRecordings(RecordingLists lists) {
        this.lists = lists;
    }

    /**
     * The recordings of one manifest, of one for each side, or of a list for each class.
     *
     * @throws IllegalArgumentException if words or patterns are faulty
     */
    static RecordingSource of(RecordingLists lists) {
        if (!lists.classes().isEmpty()) {
            ClassLists byClass = ClassLists.of(lists.classes().get(Label.CONTROL), lists.classes().get(Label.PATIENT));
            if (lists.root().isPresent()) {
                byClass = byClass.under(lists.root().get());
            }
            return lists.subjectPattern().isPresent()
                    ? byClass.subjectPattern(pattern(lists.subjectPattern().get())) : byClass;
        }
        lists.sides().values().forEach(path -> manifest(lists, path));
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
        lists.subjectPattern().ifPresent(pattern -> builder.subjectPattern(pattern(pattern)));
        lists.words().forEach(builder::classWords);
        return builder.build();
    }

    private static Pattern pattern(String text) {
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw new InvalidSettingException("subjectPattern", "'" + text + "' is no regular expression (" + e.getDescription()
                    + " near index " + e.getIndex() + ")");
        }
    }

    @Override
    public Dataset load() {
        List<Recording> recordings = new ArrayList<>();
        List<String> names = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        Map<String, Path> listOf = new HashMap<>();
        Map<String, Path> firstOf = new HashMap<>();
        for (Side side : Side.values()) {
            Path path = lists.sides().get(side);
            names.add(path.toString());
            try {
                for (Recording one : manifest(lists, path).load().recordings()) {
                    Path before = listOf.putIfAbsent(one.id(), path);
                    if (before != null) {
                        faults.add("recording " + one.id() + " is listed in " + before + " and in " + path
                                + "; take it out of one of them");
                        continue;
                    }
                    Path first = firstOf.putIfAbsent(one.subject(), path);
                    if (first != null && !first.equals(path)) {
                        firstOf.put(one.subject(), path);
                        faults.add("subject " + one.subject() + " is listed in " + first + " and in " + path + " (recording "
                                + one.id() + "), so that it would be on two sides; take it out of one of them");
                    }
                    Map<String, String> metadata = new LinkedHashMap<>(one.metadata());
                    metadata.put(COLUMN, Settings.nameOf(side));
                    recordings.add(new Recording(one.id(), one.subject(), one.label(), metadata, one.audio()));
                }
            } catch (InvalidDatasetException e) {
                faults.add(e.getMessage());
            }
        }
        String name = String.join(", ", names);
        if (!faults.isEmpty()) {
            throw new InvalidDatasetException(name, faults);
        }
        return Dataset.of(name, recordings);
    }

    @Override
    public String toString() {
        return "ListedRecordings" + lists.sides();
    }
}
