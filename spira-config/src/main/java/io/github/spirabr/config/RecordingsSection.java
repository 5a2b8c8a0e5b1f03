package io.github.spirabr.config;

import io.github.spirabr.config.Experiment.KeyListing;
import io.github.spirabr.config.Experiment.RecordingLists;
import io.github.spirabr.core.component.InvalidSettingException;
import io.github.spirabr.core.component.Settings;
import io.github.spirabr.core.dataset.Side;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.storage.ManifestFormat;
import io.github.spirabr.core.storage.Storage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the lists of recordings: one manifest, one for each set, lists of controls and patients, or a listing. */
final class RecordingsSection {

    /** The settings of a layout that lists of controls and patients have; their columns may be named, as they were before. */
    private static final Set<String> LISTS_OF_CLASSES = Set.of("root", "subjectPattern", "fileColumn", "classColumn");

    private RecordingsSection() {}

    static RecordingLists read(ExperimentSections sections, Settings settings) {
        Map<Side, StoragePlace> sides = new EnumMap<>(Side.class);
        for (Side side : Side.values()) {
            sections.optionalPlace("recordings", settings, Settings.nameOf(side)).ifPresent(place -> sides.put(side, place));
        }
        Optional<StoragePlace> manifest = sections.optionalPlace("recordings", settings, "manifest");
        Optional<StoragePlace> root = sections.optionalPlace("recordings", settings, "root");
        Optional<KeyListing> listing = listing(settings);
        Map<String, Object> layout = settings.given(ManifestFormat.LAYOUT);
        root.ifPresent(place -> layout.put("root", place.location()));
        Map<Label, Path> classes = new EnumMap<>(Label.class);
        for (Label one : Label.values()) {
            sections.optionalFile("recordings", settings, Settings.nameOf(one) + "s").ifPresent(path -> classes.put(one, path));
        }
        requireOneKind(manifest, sides, classes, listing);
        if (!classes.isEmpty()) {
            layout.keySet().stream().filter(name -> !LISTS_OF_CLASSES.contains(name)).findFirst().ifPresent(name -> {
                throw new IllegalArgumentException(name + " is for manifests with a header; lists of controls and patients have"
                        + " none (subjects can be found by a subjectPattern)");
            });
        }
        RecordingLists lists = new RecordingLists(manifest, sides, classes, listing, layout);
        if (!layout.isEmpty() || listing.isPresent()) {
            // Faulty words and patterns are found here, before any file is opened.
            ListedRecordings.of(lists);
        }
        return lists;
    }

    private static Optional<KeyListing> listing(Settings settings) {
        if (!settings.has("listing")) {
            if (settings.has("keyPattern") || settings.has("ignorePattern")) {
                throw new IllegalArgumentException("keyPattern and ignorePattern are for a listing, but no listing is given; give"
                        + " one or remove them");
            }
            return Optional.empty();
        }
        String location = settings.string("listing");
        if (!settings.has("keyPattern")) {
            throw new InvalidSettingException("keyPattern", "must be given with a listing, but is missing");
        }
        String keys = settings.string("keyPattern");
        Optional<String> ignored =
                settings.has("ignorePattern") ? Optional.of(settings.string("ignorePattern")) : Optional.empty();
        if (!Storage.isAddress(location)) {
            throw new InvalidSettingException("listing", "must be an address such as s3://BUCKET/PREFIX, but was '" + location
                    + "'; list the recordings of a folder in a manifest");
        }
        return Optional.of(new KeyListing(ExperimentSections.address("listing", location), keys, ignored));
    }

    private static void requireOneKind(
            Optional<StoragePlace> manifest, Map<Side, StoragePlace> sides, Map<Label, Path> classes,
            Optional<KeyListing> listing) {
        long kinds = manifest.stream().count() + listing.stream().count() + (sides.isEmpty() ? 0 : 1)
                + (classes.isEmpty() ? 0 : 1);
        boolean whole = (sides.isEmpty() || sides.size() == Side.values().length)
                && (classes.isEmpty() || classes.size() == Label.values().length);
        if (kinds != 1 || !whole) {
            throw new IllegalArgumentException("must have either manifest, or training, validation and test, or controls and"
                    + " patients, or listing, but has " + (kinds > 0 ? given(manifest, sides, classes, listing) : "none of them"));
        }
    }

    private static String given(
            Optional<StoragePlace> manifest, Map<Side, StoragePlace> sides, Map<Label, Path> classes,
            Optional<KeyListing> listing) {
        List<String> given = new ArrayList<>();
        manifest.ifPresent(path -> given.add("manifest"));
        sides.keySet().forEach(side -> given.add(Settings.nameOf(side)));
        classes.keySet().forEach(label -> given.add(Settings.nameOf(label) + "s"));
        listing.ifPresent(one -> given.add("listing"));
        return String.join(", ", given);
    }
}
