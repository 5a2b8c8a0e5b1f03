package io.github.spirabr.storage.fs.manifest;

import io.github.spirabr.core.dataset.Dataset;
import io.github.spirabr.core.dataset.InvalidDatasetException;
import io.github.spirabr.core.internal.adapter.FaultList;
import io.github.spirabr.core.internal.adapter.PlainText;
import io.github.spirabr.core.recording.AudioPart;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One reading of a list, which makes recordings of its rows and gathers its faults. Used once, by one thread. */
final class ListReader {

    private static final int MOST_KNOWN = 256;

    private final String name;
    private final ManifestLayout layout;
    private final FaultList faults = new FaultList();
    private final ListedFiles files;
    private final RowFilter filter;
    private final List<Recording> recordings = new ArrayList<>();
    private final HeldTexts subjects = new HeldTexts();
    /** Texts of each column by itself, as a column of dates would push out all others. */
    private final SharedTexts texts = new SharedTexts();
    private final FaultList notices = new FaultList();
    private final Map<Column, String> renamed = new TreeMap<>();
    private final Map<Column, String> namesBefore = new EnumMap<>(Column.class);
    private boolean usualParts;
    private long rows;
    private @Nullable Columns columns;
    private Collection<String> columnNames = List.of();
    private final Map<Collection<String>, Columns> knownColumns = new HashMap<>();
    private boolean labelsUnknown;
    private long withSubject;
    private @Nullable Place withoutSubject;

    ListReader(String name, ManifestLayout layout, ListedFiles.Places places) {
        this.name = name;
        this.layout = layout;
        this.files = new ListedFiles(places, layout.find(), faults);
        this.filter = new RowFilter(layout);
    }

    /** Returns what receives sentences on files and values that a form leaves out. */
    FaultList notices() {
        return notices;
    }

    /** Returns the data set of a list. */
    Dataset read(Form form) {
        readRows(form);
        if (labelsUnknown) {
            // Rows were left out, so it is not known if a class is missing.
            throw failure();
        }
        try {
            Dataset dataset = Dataset.of(name, recordings, notes());
            if (faults.isEmpty()) {
                return dataset;
            }
        } catch (InvalidDatasetException e) {
            e.faults().forEach(sentence -> faults.add(sentence, "", sentence));
        }
        throw failure();
    }

    /** Returns the recordings as they are listed: of any classes, even if their files do not exist. */
    List<Recording> list(Form form) {
        files.needNotExist();
        return listed(form);
    }

    /** Returns the recordings as they are listed, and says which files do not exist and what was left out. */
    List<Recording> list(Form form, Consumer<String> missing, Consumer<String> notes) {
        FaultList absent = new FaultList();
        files.tellMissingTo(absent);
        List<Recording> listed = listed(form);
        absent.sentences(rows).forEach(missing);
        notes().forEach(notes);
        return listed;
    }

    private List<Recording> listed(Form form) {
        readRows(form);
        if (!faults.isEmpty()) {
            throw failure();
        }
        return List.copyOf(recordings);
    }

    private void readRows(Form form) {
        usualParts = form.namesParts();
        boolean complete = form.read(this::take, faults);
        if (columns == null && faults.isEmpty()) {
            faults.add("empty lists", "", "the manifest is empty; it needs a header such as " + layout.name(Column.FILE) + ","
                    + layout.name(Column.CLASS) + "," + layout.name(Column.SUBJECT) + " and a row for each recording");
        }
        if (columns == null) {
            throw failure();
        }
        files.tellMissing(rows);
        filter.tellUnknown(faults);
        if (withSubject > 0 && withoutSubject != null) {
            faults.add("rows without a subject", withoutSubject.toString(), "has no subject, but other rows have; name the speaker"
                    + " in each row");
        }
        labelsUnknown |= !complete;
    }

    /**
     * Takes the header of a list that has one.
     *
     * @throws InvalidDatasetException if columns are missing
     */
    void takeHeader(List<String> names) {
        boolean legible = faults.isEmpty();
        Columns found = columns(names);
        if (!found.faults().isEmpty()) {
            if (legible) {
                // Else the names of the columns are not what was written.
                found.faults().forEach(sentence -> faults.add(sentence, "line 1", sentence));
            }
            throw failure();
        }
        labelsUnknown = !legible;
    }

    private Columns columns(Collection<String> names) {
        Columns known = columns;
        if (known == null || !columnNames.equals(names)) {
            // Rows of other forms than CSV have some columns or not.
            columnNames = names instanceof List<String> list ? list : new LinkedHashSet<>(names);
            known = knownColumns.get(columnNames);
            if (known == null) {
                known = new Columns(names, layout, usualParts);
                known.requireNamesOf(namesBefore);
                renamed.putAll(known.renamed());
                if (knownColumns.size() < MOST_KNOWN) {
                    knownColumns.put(columnNames, known);
                }
            }
            columns = known;
        }
        return known;
    }

    private void take(NamedRow row) {
        rows++;
        Columns known = columns(row.values().keySet());
        if (!known.faults().isEmpty()) {
            known.faults().forEach(sentence -> fault("rows with faulty columns", row, sentence));
            labelsUnknown = true;
            return;
        }
        Map<String, String> values = row.values();
        if (!filter.takes(known, values)) {
            return;
        }
        Optional<Label> label = label(known, row);
        String path = values.get(known.name(Column.FILE).orElseThrow()).replace('\\', '/');
        Optional<AudioPart> part = part(known, row);
        Optional<ListedFiles.Found> audio = part.flatMap(one ->
                files.find(row.place(), known.name(Column.FILE).orElseThrow(), path, one));
        String subject = subject(known, row, path, audio.map(ListedFiles.Found::id).orElse(path));
        if (label.isEmpty() || audio.isEmpty() || subject.isEmpty()) {
            labelsUnknown = true;
            return;
        }
        recordings.add(new Recording(audio.get().id(), subject, label.get(), metadata(known, values, part.orElseThrow()),
                audio.get().audio()));
    }

    private Optional<AudioPart> part(Columns known, NamedRow row) {
        try {
            return Optional.of(Parts.of(known, row.values(), layout.missing()));
        } catch (IllegalArgumentException e) {
            fault("lines with faulty parts", row, e.getMessage());
            return Optional.empty();
        }
    }

    /** Returns the subject of a row; empty if a fault was reported. */
    private String subject(Columns known, NamedRow row, String path, String id) {
        SubjectPattern pattern = layout.subjectPattern();
        if (pattern != null) {
            Optional<String> found = pattern.in(path);
            if (found.isEmpty() && !PlainText.of(path).isEmpty()) {
                fault("paths without a subject", row, pattern.complaint(known.name(Column.FILE).orElseThrow(), path));
            }
            return found.map(subjects::of).orElse("");
        }
        Optional<String> column = known.name(Column.SUBJECT);
        if (column.isEmpty()) {
            withoutSubject = withoutSubject == null ? row.place() : withoutSubject;
            return id;
        }
        withSubject++;
        String subject = PlainText.of(row.values().get(column.get()));
        if (layout.missing().isMissing(subject)) {
            fault("lines without a subject", row, column.get()
                    + (subject.isEmpty() ? " is blank" : " is '" + subject + "', which means missing (missingWords)")
                    + "; name the speaker, or remove the column if nobody was recorded twice");
            return "";
        }
        return subjects.of(subject);
    }

    private Optional<Label> label(Columns known, NamedRow row) {
        String column = known.name(Column.CLASS).orElseThrow();
        String word = PlainText.of(row.values().get(column));
        Label label = layout.words().get(word);
        if (label == null) {
            fault("lines with an unknown class", row, column + " is '" + word + "'; it must be "
                    + words(Label.CONTROL) + " (control) or "
                    + words(Label.PATIENT) + " (patient), or set controlWords and patientWords");
        }
        return Optional.ofNullable(label);
    }

    private String words(Label label) {
        return layout.words().entrySet().stream().filter(one -> one.getValue() == label).map(Map.Entry::getKey).sorted()
                .collect(Collectors.joining(" or "));
    }

    /** Returns the session, the task and all values without a known meaning, without missing ones. */
    private Map<String, String> metadata(Columns known, Map<String, String> values, AudioPart part) {
        Map<String, String> metadata = new LinkedHashMap<>();
        values.forEach((column, value) -> {
            boolean lengthOfFile = part.isWhole() && known.name(Column.DURATION).filter(column::equals).isPresent();
            if ((!known.isKnown(column) || lengthOfFile) && !layout.missing().isMissing(value)) {
                metadata.put(column, text(column, value));
            }
        });
        for (Column column : List.of(Column.SESSION, Column.TASK)) {
            known.name(column).map(values::get).filter(value -> !layout.missing().isMissing(value))
                    .ifPresent(value -> metadata.put(column.usual(), text(column.usual(), value)));
        }
        return metadata;
    }

    private String text(String column, String value) {
        return texts.of(column, PlainText.of(value));
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>();
        renamed.forEach((column, other) -> notes.add("the column '" + other + "' is read as " + column.usual() + " ("
                + column.setting() + ")"));
        notes.addAll(filter.notes(rows));
        notes.addAll(notices.sentences());
        return notes;
    }

    private void fault(String kind, NamedRow row, String sentence) {
        faults.add(kind, row.place().toString(), sentence);
    }

    private InvalidDatasetException failure() {
        return new InvalidDatasetException(name, faults.sentences(rows));
    }
}
