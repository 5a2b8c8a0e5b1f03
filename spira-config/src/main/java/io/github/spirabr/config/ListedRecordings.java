package io.github.spirabr.config;

import io.github.spirabr.config.Experiment.KeyListing;
import io.github.spirabr.config.Experiment.RecordingLists;
import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.Described;
import io.github.spirabr.core.component.InvalidSettingException;
import io.github.spirabr.core.component.Settings;
import io.github.spirabr.core.dataset.ColumnSplit;
import io.github.spirabr.core.dataset.Dataset;
import io.github.spirabr.core.dataset.InvalidDatasetException;
import io.github.spirabr.core.dataset.RecordingSource;
import io.github.spirabr.core.dataset.Side;
import io.github.spirabr.core.dataset.Splitter;
import io.github.spirabr.core.internal.adapter.FaultList;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import io.github.spirabr.core.storage.ManifestFormat;
import io.github.spirabr.core.storage.Storage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Recordings of one manifest for each set, as published experiments list them. Immutable and thread-safe. */
final class ListedRecordings implements RecordingSource, Described {

    private static final String COLUMN = "listed side";

    private final RecordingLists lists;

    private ListedRecordings(RecordingLists lists) {
        this.lists = lists;
    }

    /**
     * Returns the source of the recordings of one manifest, of one for each set, of a list for each class, or of a listing.
     *
     * @throws IllegalArgumentException if words or patterns are faulty
     */
    static RecordingSource of(RecordingLists lists) {
        if (lists.listing().isPresent()) {
            KeyListing listing = lists.listing().get();
            String location = listing.place().location();
            return Storage.of(location).listing(location, pattern("keyPattern", listing.keyPattern()),
                    listing.ignorePattern().map(text -> pattern("ignorePattern", text)));
        }
        if (!lists.classes().isEmpty()) {
            return Storage.manifests().recordings(
                    lists.classes().get(Label.CONTROL).toString(), lists.classes().get(Label.PATIENT).toString(),
                    lists.root().map(StoragePlace::location),
                    lists.text("subjectPattern").map(text -> pattern("subjectPattern", text)));
        }
        lists.sides().values().forEach(place -> manifest(lists, place));
        return lists.manifest().isPresent() ? manifest(lists, lists.manifest().get()) : new ListedRecordings(lists);
    }

    /** Returns the recordings of a further manifest with the columns of these lists, and their words besides 0 and 1. */
    static RecordingSource further(RecordingLists lists, Path manifest) {
        Map<String, Object> layout = new HashMap<>(lists.layout());
        // Of its place and its form, the further list has its own.
        layout.keySet().removeIf(name -> Set.of("root", "form", "find", "separator", "encoding").contains(name)
                || name.startsWith("where."));
        for (Label label : Label.values()) {
            String code = Integer.toString(label.code());
            Set<String> all = new LinkedHashSet<>(words(layout, label));
            Label other = label == Label.CONTROL ? Label.PATIENT : Label.CONTROL;
            if (!words(lists.layout(), other).contains(code)) {
                all.add(code);
            }
            layout.put(wordsOf(label), List.copyOf(all));
        }
        return Storage.manifests().recordings(manifest.toString(), layout);
    }

    private static List<String> words(Map<String, Object> layout, Label label) {
        return layout.get(wordsOf(label)) instanceof List<?> words ? words.stream().map(String::valueOf).toList() : List.of();
    }

    private static String wordsOf(Label label) {
        return Settings.nameOf(label) + "Words";
    }

    /** Returns the split that assigns each recording to the set whose manifest lists it. */
    static Splitter splitter() {
        Map<String, Side> sides = new LinkedHashMap<>();
        for (Side side : Side.values()) {
            sides.put(Settings.nameOf(side), side);
        }
        return ColumnSplit.of(COLUMN, sides);
    }

    private static RecordingSource manifest(RecordingLists lists, StoragePlace place) {
        return Storage.manifests().recordings(place.location(), lists.layout());
    }

    private static Pattern pattern(String setting, String text) {
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw new InvalidSettingException(setting, "'" + text + "' is not a valid regular expression (" + e.getDescription()
                    + " near index " + e.getIndex() + ")");
        }
    }

    @Override
    public Dataset load() {
        List<Recording> recordings = new ArrayList<>();
        List<String> names = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        FaultList faults = new FaultList();
        Map<String, StoragePlace> listOf = new HashMap<>();
        Map<String, StoragePlace> firstOf = new HashMap<>();
        for (Side side : Side.values()) {
            StoragePlace path = lists.sides().get(side);
            names.add(path.toString());
            try {
                Dataset listed = manifest(lists, path).load();
                listed.notes().forEach(note -> notes.add(path + ": " + note));
                for (Recording one : listed.recordings()) {
                    StoragePlace before = listOf.putIfAbsent(one.id(), path);
                    if (before != null) {
                        faults.add("recordings that are listed twice", "", "recording " + one.id() + " is listed in " + before
                                + " and in " + path + "; take it out of one of them");
                        continue;
                    }
                    StoragePlace first = firstOf.putIfAbsent(one.subject(), path);
                    if (first != null && !first.equals(path)) {
                        firstOf.put(one.subject(), path);
                        faults.add("subjects that are listed twice", "", "subject " + one.subject() + " is listed in " + first
                                + " and in " + path + " (recording " + one.id() + "), so that it would be in two sets; take it"
                                + " out of one of them");
                    }
                    Map<String, String> metadata = new LinkedHashMap<>(one.metadata());
                    metadata.put(COLUMN, Settings.nameOf(side));
                    recordings.add(new Recording(one.id(), one.subject(), one.label(), metadata, one.audio()));
                }
            } catch (InvalidDatasetException e) {
                faults.add(path.toString(), "", e.getMessage());
            }
        }
        String name = String.join(", ", names);
        if (!faults.isEmpty()) {
            throw new InvalidDatasetException(name, faults.sentences());
        }
        return Dataset.of(name, recordings, notes);
    }

    @Override
    public ComponentDescription description() {
        Map<String, Object> settings = new LinkedHashMap<>();
        lists.sides().forEach((side, place) -> settings.put(Settings.nameOf(side), place.location()));
        settings.putAll(ManifestFormat.LAYOUT.ordered(lists.layout()));
        return new ComponentDescription("recordings", settings);
    }

    /** Returns the lists that a source of recordings describes. */
    static RecordingLists lists(Map<String, Object> settings) {
        Map<Side, StoragePlace> sides = new EnumMap<>(Side.class);
        Map<Label, Path> classes = new EnumMap<>(Label.class);
        for (Side side : Side.values()) {
            text(settings, Settings.nameOf(side)).ifPresent(location -> sides.put(side, new StoragePlace(location)));
        }
        for (Label label : Label.values()) {
            text(settings, Settings.nameOf(label) + "s").ifPresent(path -> classes.put(label, Path.of(path)));
        }
        Optional<KeyListing> listing = text(settings, "listing").map(location -> new KeyListing(
                new StoragePlace(location), text(settings, "keyPattern").orElseThrow(), text(settings, "ignorePattern")));
        return new RecordingLists(
                text(settings, "manifest").map(StoragePlace::new), sides, classes, listing,
                ManifestFormat.LAYOUT.ordered(settings));
    }

    private static Optional<String> text(Map<String, Object> settings, String name) {
        return Optional.ofNullable(settings.get(name)).map(Object::toString);
    }

    @Override
    public String toString() {
        return "ListedRecordings" + lists.sides();
    }
}
