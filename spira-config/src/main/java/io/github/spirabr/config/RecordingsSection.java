package io.github.spirabr.config;

import io.github.spirabr.config.Experiment.RecordingLists;
import io.github.spirabr.core.component.Settings;
import io.github.spirabr.core.dataset.Side;
import io.github.spirabr.core.recording.Label;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads where recordings are listed: one manifest, a list for each side, or lists of controls and patients. */
final class RecordingsSection {

    private RecordingsSection() {}

    static RecordingLists read(ExperimentSections sections, Settings settings) {
        Map<Side, Path> sides = new EnumMap<>(Side.class);
        for (Side side : Side.values()) {
            sections.optionalFile("recordings", settings, Settings.nameOf(side)).ifPresent(path -> sides.put(side, path));
        }
        Optional<Path> manifest = sections.optionalFile("recordings", settings, "manifest");
        Optional<Path> folder = sections.optionalFile("recordings", settings, "root");
        String file = settings.string("fileColumn", "file_path");
        String label = settings.string("classColumn", "class");
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
        Optional<String> pattern = settings.has("subjectPattern")
                ? Optional.of(settings.string("subjectPattern")) : Optional.empty();
        requireOneKind(manifest, sides, classes);
        if (!classes.isEmpty() && (!words.isEmpty() || subject.isPresent())) {
            throw new IllegalArgumentException("controlWords, patientWords and subjectColumn are for manifests with a header;"
                    + " lists of controls and patients have none (subjects can be found by a subjectPattern)");
        }
        RecordingLists lists =
                new RecordingLists(manifest, sides, classes, folder, file, label, words, subject, pattern);
        if (!words.isEmpty() || pattern.isPresent()) {
            // Their faults show here, before any file is opened.
            ListedRecordings.of(lists);
        }
        return lists;
    }

    private static void requireOneKind(Optional<Path> manifest, Map<Side, Path> sides, Map<Label, Path> classes) {
        long kinds = manifest.stream().count() + (sides.isEmpty() ? 0 : 1) + (classes.isEmpty() ? 0 : 1);
        boolean whole = (sides.isEmpty() || sides.size() == Side.values().length)
                && (classes.isEmpty() || classes.size() == Label.values().length);
        if (kinds != 1 || !whole) {
            throw new IllegalArgumentException("either manifest is given, or all of training, validation and test, or both of"
                    + " controls and patients; found "
                    + (kinds > 0 ? given(manifest, sides, classes) : "none of them"));
        }
    }

    private static String given(Optional<Path> manifest, Map<Side, Path> sides, Map<Label, Path> classes) {
        List<String> given = new ArrayList<>();
        manifest.ifPresent(path -> given.add("manifest"));
        sides.keySet().forEach(side -> given.add(Settings.nameOf(side)));
        classes.keySet().forEach(label -> given.add(Settings.nameOf(label) + "s"));
        return String.join(", ", given);
    }
}
