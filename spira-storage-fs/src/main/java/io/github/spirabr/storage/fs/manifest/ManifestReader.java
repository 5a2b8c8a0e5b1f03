package io.github.spirabr.storage.fs.manifest;

import io.github.spirabr.core.dataset.Dataset;
import io.github.spirabr.core.dataset.InvalidDatasetException;
import io.github.spirabr.core.recording.AudioSource;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One reading of a manifest, which gathers its faults. Used once, by one thread. */
final class ManifestReader {

    private final ManifestLayout layout;
    private final List<String> faults = new ArrayList<>();
    private final List<Recording> recordings = new ArrayList<>();
    private final ListedFiles files;
    private final HeldTexts subjects = new HeldTexts();
    private @Nullable ManifestHeader header;
    private boolean labelsUnknown;

    ManifestReader(ManifestLayout layout) {
        this.layout = layout;
        this.files = new ListedFiles(layout.root(), layout.elsewhere(), faults::add);
    }

    Dataset read() {
        readRows();
        return dataset();
    }

    /** The recordings as they are listed: of any classes, and whether their files are there or not. */
    List<Recording> list() {
        files.needNotExist();
        readRows();
        if (!faults.isEmpty()) {
            throw failure();
        }
        return List.copyOf(recordings);
    }

    private void readRows() {
        boolean complete = CsvRows.read(ManifestText.open(layout.manifest(), faults), this::take, faults);
        if (header == null && faults.isEmpty()) {
            faults.add("the manifest is empty; it needs a header such as " + layout.fileColumn() + ","
                    + layout.classColumn() + "," + layout.subjectColumn() + " and a row for each recording");
        }
        if (header == null) {
            throw failure();
        }
        labelsUnknown |= !complete;
    }

    private void take(CsvRow row) {
        ManifestHeader known = header;
        if (known != null) {
            readRow(known, row);
            return;
        }
        ManifestHeader first = new ManifestHeader(row, layout);
        List<String> wrong = first.faults();
        if (!wrong.isEmpty()) {
            faults.addAll(wrong);
            throw failure();
        }
        header = first;
        labelsUnknown = !faults.isEmpty();
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
        Optional<AudioSource> audio = files.find(new Place("", row.line()), layout.fileColumn(), id);
        String subject = subject(header, row, id);
        if (label.isEmpty() || audio.isEmpty() || subject.isBlank()) {
            labelsUnknown = true;
            return;
        }
        recordings.add(new Recording(id, subject, label.get(), header.metadata(row), audio.get()));
    }

    /** Blank if it is told of as a fault. */
    private String subject(ManifestHeader header, CsvRow row, String id) {
        SubjectPattern pattern = layout.subjectPattern();
        if (pattern != null) {
            Optional<String> found = pattern.in(id);
            if (found.isEmpty() && !id.isBlank()) {
                fault(row, pattern.complaint(layout.fileColumn(), id));
            }
            return found.map(subjects::of).orElse("");
        }
        if (!header.hasSubjects()) {
            return id;
        }
        String subject = header.subject(row);
        if (MissingValues.isMissing(subject)) {
            fault(row, layout.subjectColumn() + (subject.isBlank() ? " is blank" : " is missing ('" + subject.strip() + "')")
                    + "; name who speaks, or remove the column if nobody was recorded twice");
            return "";
        }
        return subject;
    }

    private Optional<Label> label(ManifestHeader header, CsvRow row) {
        String word = header.label(row);
        Label label = layout.words().get(word);
        if (label == null) {
            fault(row, layout.classColumn() + " is '" + word + "'; it must be " + words(Label.CONTROL) + " (control) or "
                    + words(Label.PATIENT) + " (patient)");
        }
        return Optional.ofNullable(label);
    }

    private String words(Label label) {
        return layout.words().entrySet().stream().filter(one -> one.getValue() == label).map(Map.Entry::getKey).sorted()
                .collect(Collectors.joining(" or "));
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
            Dataset dataset = Dataset.of(layout.manifest().name(), recordings);
            if (faults.isEmpty()) {
                return dataset;
            }
        } catch (InvalidDatasetException e) {
            faults.addAll(e.faults());
        }
        throw failure();
    }

    private InvalidDatasetException failure() {
        return new InvalidDatasetException(layout.manifest().name(), faults);
    }
}
