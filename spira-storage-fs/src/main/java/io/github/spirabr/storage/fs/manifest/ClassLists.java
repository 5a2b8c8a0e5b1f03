package io.github.spirabr.storage.fs.manifest;

import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.Described;
import io.github.spirabr.core.dataset.Dataset;
import io.github.spirabr.core.dataset.InvalidDatasetException;
import io.github.spirabr.core.dataset.RecordingSource;
import io.github.spirabr.core.internal.adapter.FaultList;
import io.github.spirabr.core.internal.adapter.PlainText;
import io.github.spirabr.core.recording.AudioPart;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Recordings in a list for each class, without a header, as the training prototype of SPIRA has them: a path in each line,
 * such as {@code patients.csv} and {@code controls.csv}. UTF-8 with or without a byte-order mark, paths in double quotes
 * where needed, either line ending; blank lines are skipped. The recording's id is its path from the folder, with
 * {@code '/'}, however it is written: {@code ./a.wav} and the absolute path are {@code a.wav}.
 *
 * <p>Immutable and thread-safe; every {@link #load()} reads the lists again.
 */
public final class ClassLists implements RecordingSource, Described {

    private final Path controls;
    private final Path patients;
    private final @Nullable Path root;
    private final @Nullable SubjectPattern subjects;

    private ClassLists(Path controls, Path patients, @Nullable Path root, @Nullable SubjectPattern subjects) {
        this.controls = controls;
        this.patients = patients;
        this.root = root;
        this.subjects = subjects;
    }

    /** Returns lists whose paths start from the list's own folder, and in which each recording is a subject of its own. */
    public static ClassLists of(Path controls, Path patients) {
        return new ClassLists(controls, patients, null, null);
    }

    /** Returns the lists with paths that start from this folder. */
    public ClassLists under(Path folder) {
        return new ClassLists(controls, patients, folder, subjects);
    }

    /**
     * Returns the lists with subjects that the paths name.
     *
     * @param pattern regular expression whose first group names the subject, such as {@code audio/([a-z]+)-}; it must match
     *     somewhere in every path
     */
    public ClassLists subjectPattern(Pattern pattern) {
        return new ClassLists(controls, patients, root, new SubjectPattern(pattern));
    }

    /**
     * Reads the lists and checks that the audio files exist; opens none of them.
     *
     * @return controls, then patients, in the order of the lines; the data set has the names of both lists
     * @throws InvalidDatasetException with every fault at once: a list missing or empty, lines of several fields, files
     *     missing or listed twice, paths that name no subject
     */
    @Override
    public Dataset load() {
        String name = controls + ", " + patients;
        FaultList faults = new FaultList();
        List<Recording> recordings = new ArrayList<>();
        Map<Label, Path> lists = Map.of(Label.CONTROL, controls, Label.PATIENT, patients);
        ListedFiles files = new ListedFiles(new ListedFiles.Places(Path.of(""), null), false, faults);
        for (Label label : Label.values()) {
            Path list = lists.get(label);
            FaultList ofText = new FaultList();
            try {
                CsvRows.read(ManifestText.open(FileAudioSource.of(list), Optional.empty(), ofText), ',', 1,
                        row -> read(list, label, row, files, faults).ifPresent(recordings::add), ofText);
            } catch (InvalidDatasetException e) {
                // Its faults are in the list.
            }
            ofText.sentences().forEach(sentence -> faults.add(sentence, list.toString(), sentence));
        }
        files.tellMissing(recordings.size());
        if (faults.isEmpty()) {
            return Dataset.of(name, recordings);
        }
        throw new InvalidDatasetException(name, faults.sentences());
    }

    private Optional<Recording> read(Path list, Label label, CsvRow row, ListedFiles files, FaultList faults) {
        Place place = new Place(list.toString(), row.line());
        if (row.values().size() != 1) {
            faults.add("lines with several fields", place.toString(), "has " + row.values().size()
                    + " fields, but a list of a class has one path in each line; quote paths that hold commas, or read the file as a manifest");
            return Optional.empty();
        }
        String path = row.values().get(0).strip().replace('\\', '/');
        Path folder = root != null ? root : list.resolveSibling("");
        Optional<ListedFiles.Found> audio = files.find(place, "the path", path, AudioPart.WHOLE, folder);
        String id = audio.map(ListedFiles.Found::id).orElse(path);
        Optional<String> subject = subjects == null ? Optional.of(id) : subjects.in(path);
        if (subjects != null && subject.isEmpty() && !PlainText.of(path).isEmpty()) {
            faults.add("paths without a subject", place.toString(), subjects.complaint("the path", path));
        }
        return audio.isEmpty() || subject.isEmpty()
                ? Optional.empty()
                : Optional.of(new Recording(id, subject.get(), label, Map.of(), audio.get().audio()));
    }

    /** Returns the settings of the section {@code recordings} of an experiment file that names these lists. */
    @Override
    public ComponentDescription description() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("controls", controls.toAbsolutePath().toString());
        settings.put("patients", patients.toAbsolutePath().toString());
        if (root != null) {
            settings.put("root", root.toAbsolutePath().toString());
        }
        if (subjects != null) {
            settings.put("subjectPattern", subjects.pattern().pattern());
        }
        return new ComponentDescription("recordings", settings);
    }

    @Override
    public String toString() {
        return "ClassLists[" + controls + ", " + patients + "]";
    }
}
