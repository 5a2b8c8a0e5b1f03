package io.github.spirabr.config;

import io.github.spirabr.config.Experiment.KeyListing;
import io.github.spirabr.config.Experiment.RecordingLists;
import io.github.spirabr.core.component.InvalidSettingException;
import io.github.spirabr.core.component.Settings;
import io.github.spirabr.core.dataset.Side;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.storage.Storage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the lists of recordings: one manifest, one for each set, lists of controls and patients, or a listing. */
final class RecordingsSection {

    private RecordingsSection() {}

    static RecordingLists read(ExperimentSections sections, Settings settings) {
        Map<Side, StoragePlace> sides = new EnumMap<>(Side.class);
        for (Side side : Side.values()) {
            sections.optionalPlace("recordings", settings, Settings.nameOf(side)).ifPresent(place -> sides.put(side, place));
        }
        Optional<StoragePlace> manifest = sections.optionalPlace("recordings", settings, "manifest");
        Optional<StoragePlace> folder = sections.optionalPlace("recordings", settings, "root");
        Optional<KeyListing> listing = listing(settings);
        String file = settings.string("fileColumn");
        String label = settings.string("classColumn");
        Optional<String> subject =
                settings.has("subjectColumn") ? Optional.of(settings.string("subjectColumn")) : Optional.empty();
        Map<Label, Path> classes = new EnumMap<>(Label.class);
        Map<Label, List<String>> words = new EnumMap<>(Label.class);
        for (Label one : Label.values()) {
            String name = Settings.nameOf(one);
            sections.optionalFile("recordings", settings, name + "s").ifPresent(path -> classes.put(one, path));
            if (settings.has(name + "Words")) {
                words.put(one, settings.strings(name + "Words"));
            }
        }
        Optional<List<String>> missing =
                settings.has("missingWords") ? Optional.of(settings.strings("missingWords")) : Optional.empty();
        Optional<String> pattern = settings.has("subjectPattern")
                ? Optional.of(settings.string("subjectPattern")) : Optional.empty();
        requireOneKind(manifest, sides, classes, listing);
        if (!classes.isEmpty() && (!words.isEmpty() || missing.isPresent() || subject.isPresent())) {
            throw new IllegalArgumentException("controlWords, patientWords, missingWords and subjectColumn are for manifests with a header;"
                    + " lists of controls and patients have none (subjects can be found by a subjectPattern)");
        }
        RecordingLists lists =
                new RecordingLists(manifest, sides, classes, listing, folder, file, label, words, missing, subject, pattern);
        if (!words.isEmpty() || pattern.isPresent() || listing.isPresent()) {
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
