package io.github.spirabr.storage.fs.manifest;

import io.github.spirabr.core.dataset.Dataset;
import io.github.spirabr.core.dataset.InvalidDatasetException;
import io.github.spirabr.core.recording.AudioSource;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** One reading of a manifest, which gathers its faults. Used once, by one thread. */
final class ManifestReader {

    private final ManifestLayout layout;
    private final List<String> faults = new ArrayList<>();
    private final List<Recording> recordings = new ArrayList<>();
    private final Map<Object, Long> lineOfFile = new HashMap<>();
    private boolean labelsUnknown;
    private boolean filesMustExist = true;

    ManifestReader(ManifestLayout layout) {
        this.layout = layout;
    }

    Dataset read() {
        readRows();
        return dataset();
    }

    /** The recordings as they are listed: of any classes, and whether their files are there or not. */
    List<Recording> list() {
        filesMustExist = false;
        readRows();
        if (!faults.isEmpty()) {
            throw failure();
        }
        return List.copyOf(recordings);
    }

    private void readRows() {
        List<CsvRow> rows = CsvRows.parse(text(), faults);
        if (rows.isEmpty() && faults.isEmpty()) {
            faults.add("the manifest is empty; it needs a header such as " + layout.fileColumn() + ","
                    + layout.classColumn() + "," + layout.subjectColumn() + " and a row for each recording");
        }
        if (rows.isEmpty()) {
            throw failure();
        }
        ManifestHeader header = new ManifestHeader(rows.get(0), layout);
        List<String> headerFaults = header.faults();
        if (!headerFaults.isEmpty()) {
            faults.addAll(headerFaults);
            throw failure();
        }
        labelsUnknown = !faults.isEmpty();
        rows.subList(1, rows.size()).forEach(row -> readRow(header, row));
    }

    private String text() {
        try {
            return Utf8Text.decode(Files.readAllBytes(layout.manifest()), faults);
        } catch (NoSuchFileException e) {
            faults.add("there is no such file; correct the manifest's path");
        } catch (AccessDeniedException e) {
            faults.add("the manifest may not be read; ask for the permission");
        } catch (IOException e) {
            faults.add("the manifest cannot be read (" + e.getMessage() + "); it must be a CSV file");
        }
        throw failure();
    }

    private void readRow(ManifestHeader header, CsvRow row) {
        if (row.values().size() != header.size()) {
            fault(row, "has " + row.values().size() + " fields, but the header has " + header.size()
                    + " columns; quote fields that hold commas");
            labelsUnknown = true;
            return;
        }
        Optional<Label> label = label(header, row);
        String id = header.file(row).replace('\\', '/');
        String subject = header.hasSubjects() ? header.subject(row) : id;
        Optional<AudioSource> audio = id.isBlank() ? blankFile(row) : audio(row, id);
        if (subject.isBlank() && header.hasSubjects()) {
            fault(row, layout.subjectColumn() + " is blank; name who speaks, or remove the column if nobody was"
                    + " recorded twice");
        }
        if (label.isEmpty() || audio.isEmpty() || subject.isBlank()) {
            labelsUnknown = true;
            return;
        }
        recordings.add(new Recording(id, subject, label.get(), header.metadata(row), audio.get()));
    }

    private Optional<Label> label(ManifestHeader header, CsvRow row) {
        String code = header.label(row);
        for (Label label : Label.values()) {
            if (code.equals(Integer.toString(label.code()))) {
                return Optional.of(label);
            }
        }
        fault(row, layout.classColumn() + " is '" + code + "'; it must be 0 (control) or 1 (patient)");
        return Optional.empty();
    }

    private Optional<AudioSource> blankFile(CsvRow row) {
        fault(row, layout.fileColumn() + " is blank; name the audio file");
        return Optional.empty();
    }

    private Optional<AudioSource> audio(CsvRow row, String id) {
        Function<String, AudioSource> elsewhere = layout.elsewhere();
        if (elsewhere == null) {
            return audioFile(row, id);
        }
        return isListedOnce(row, id, id) ? Optional.of(elsewhere.apply(id)) : Optional.empty();
    }

    private Optional<AudioSource> audioFile(CsvRow row, String id) {
        Path file;
        try {
            file = layout.root().resolve(id);
        } catch (InvalidPathException e) {
            fault(row, layout.fileColumn() + " '" + id + "' cannot be a file here (" + e.getReason()
                    + "); correct it, or run Java in a UTF-8 locale such as C.UTF-8");
            return Optional.empty();
        }
        if (!isListedOnce(row, id, file.toAbsolutePath().normalize())) {
            return Optional.empty();
        }
        if (filesMustExist && !Files.isRegularFile(file)) {
            fault(row, "there is no audio file '" + id + "' (looked for " + file
                    + "); correct " + layout.fileColumn() + ", or set the root folder");
        }
        return Optional.of(FileAudioSource.of(file));
    }

    private boolean isListedOnce(CsvRow row, String id, Object place) {
        Long before = lineOfFile.putIfAbsent(place, row.line());
        if (before != null) {
            fault(row, "the audio file '" + id + "' is already listed in line " + before + "; list it once");
        }
        return before == null;
    }

    private void fault(CsvRow row, String sentence) {
        faults.add("line " + row.line() + ": " + sentence);
    }

    private Dataset dataset() {
        if (labelsUnknown) {
            // Rows were left out, so whether a class is missing is not known.
            throw failure();
        }
        try {
            Dataset dataset = Dataset.of(layout.manifest().toString(), recordings);
            if (faults.isEmpty()) {
                return dataset;
            }
        } catch (InvalidDatasetException e) {
            faults.addAll(e.faults());
        }
        throw failure();
    }

    private InvalidDatasetException failure() {
        return new InvalidDatasetException(layout.manifest().toString(), faults);
    }
}
