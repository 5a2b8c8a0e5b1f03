package io.github.spirabr.storage.fs.manifest;

import io.github.spirabr.core.dataset.Dataset;
import io.github.spirabr.core.dataset.InvalidDatasetException;
import io.github.spirabr.core.internal.adapter.FaultList;
import io.github.spirabr.core.internal.adapter.PlainText;
import io.github.spirabr.core.recording.AudioSource;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One reading of a manifest, which gathers its faults. Used once, by one thread. */
final class ManifestReader {

    private final ManifestLayout layout;
    private final FaultList faults = new FaultList();
    private long rows;
    private final List<Recording> recordings = new ArrayList<>();
    private final ListedFiles files;
    private final HeldTexts subjects = new HeldTexts();
    private @Nullable ManifestHeader header;
    private boolean labelsUnknown;

    ManifestReader(ManifestLayout layout) {
        this.layout = layout;
        this.files = new ListedFiles(layout.root(), layout.elsewhere(), faults);
    }

    Dataset read() {
        readRows();
        return dataset();
    }

    /** Returns the recordings as they are listed: of any classes, even if their files do not exist. */
    List<Recording> list() {
        files.needNotExist();
        return listed();
    }

    /** Returns the recordings as they are listed, and says which files do not exist. */
    List<Recording> list(Consumer<String> missing) {
        FaultList absent = new FaultList();
        files.tellMissingTo(absent);
        List<Recording> listed = listed();
        absent.sentences(rows).forEach(missing);
        return listed;
    }

    private List<Recording> listed() {
        readRows();
        if (!faults.isEmpty()) {
            throw failure();
        }
        return List.copyOf(recordings);
    }

    private void readRows() {
        boolean complete = CsvRows.read(ManifestText.open(layout.manifest(), faults), this::take, faults);
        if (header == null && faults.isEmpty()) {
            faults.add("empty manifests", "", "the manifest is empty; it needs a header such as " + layout.fileColumn() + ","
                    + layout.classColumn() + "," + layout.subjectColumn() + " and a row for each recording");
        }
        if (header == null) {
            throw failure();
        }
        files.tellMissing(rows);
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
            if (faults.isEmpty()) {
                // Else the names of the columns are not what was written.
                wrong.forEach(sentence -> faults.add(sentence, "line " + row.line(), sentence));
            }
            throw failure();
        }
        header = first;
        labelsUnknown = !faults.isEmpty();
    }

    private void readRow(ManifestHeader header, CsvRow row) {
        rows++;
        if (row.values().size() != header.size()) {
            fault("lines with too few or too many fields", row, "has " + row.values().size()
                    + " fields, but the header has " + header.size() + " columns; quote fields that hold commas");
            labelsUnknown = true;
            return;
        }
        Optional<Label> label = label(header, row);
        String path = header.file(row).replace('\\', '/');
        Optional<AudioSource> audio = files.find(new Place("", row.line()), layout.fileColumn(), path);
        String id = files.id(path);
        String subject = subject(header, row, path, id);
        if (label.isEmpty() || audio.isEmpty() || subject.isEmpty()) {
            labelsUnknown = true;
            return;
        }
        recordings.add(new Recording(id, subject, label.get(), header.metadata(row), audio.get()));
    }

    /** Returns the subject of a row; empty if a fault was reported. */
    private String subject(ManifestHeader header, CsvRow row, String path, String id) {
        SubjectPattern pattern = layout.subjectPattern();
        if (pattern != null) {
            Optional<String> found = pattern.in(path);
            if (found.isEmpty() && !PlainText.of(path).isEmpty()) {
                fault("paths without a subject", row, pattern.complaint(layout.fileColumn(), path));
            }
            return found.map(subjects::of).orElse("");
        }
        if (!header.hasSubjects()) {
            return id;
        }
        String subject = header.subject(row);
        if (layout.missing().isMissing(subject)) {
            fault("lines without a subject", row, layout.subjectColumn()
                    + (subject.isEmpty() ? " is blank" : " is '" + subject + "', which means missing (missingWords)")
                    + "; name the speaker, or remove the column if nobody was recorded twice");
            return "";
        }
        return subject;
    }

    private Optional<Label> label(ManifestHeader header, CsvRow row) {
        String word = header.label(row);
        Label label = layout.words().get(word);
        if (label == null) {
            fault("lines with an unknown class", row, layout.classColumn() + " is '" + word + "'; it must be "
                    + words(Label.CONTROL) + " (control) or "
                    + words(Label.PATIENT) + " (patient), or set controlWords and patientWords");
        }
        return Optional.ofNullable(label);
    }

    private String words(Label label) {
        return layout.words().entrySet().stream().filter(one -> one.getValue() == label).map(Map.Entry::getKey).sorted()
                .collect(Collectors.joining(" or "));
    }

    private void fault(String kind, CsvRow row, String sentence) {
        faults.add(kind, "line " + row.line(), sentence);
    }

    private Dataset dataset() {
        if (labelsUnknown) {
            // Rows were left out, so it is not known if a class is missing.
            throw failure();
        }
        try {
            Dataset dataset = Dataset.of(layout.manifest().name(), recordings);
            if (faults.isEmpty()) {
                return dataset;
            }
        } catch (InvalidDatasetException e) {
            e.faults().forEach(sentence -> faults.add(sentence, "", sentence));
        }
        throw failure();
    }

    private InvalidDatasetException failure() {
        return new InvalidDatasetException(layout.manifest().name(), faults.sentences(rows));
    }
}
