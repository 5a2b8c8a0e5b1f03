package io.github.spirabr.storage.fs.manifest;

import io.github.spirabr.core.dataset.InvalidDatasetException;
import io.github.spirabr.core.internal.adapter.FaultList;
import io.github.spirabr.core.recording.AudioSource;
import java.util.function.Consumer;

/** A CSV file that is one of several files of a form: a header, and its dialect is recognised. A blank value is absent. */
final class CsvTable implements Form {

    private final AudioSource file;
    private final String list;
    private final CsvForm.Dialect dialect;

    /**
     * Creates an instance.
     *
     * @param list name of the file in messages
     */
    CsvTable(AudioSource file, String list, CsvForm.Dialect dialect) {
        this.file = file;
        this.list = list;
        this.dialect = dialect;
    }

    @Override
    public boolean read(Consumer<NamedRow> rows, FaultList faults) {
        FaultList ofText = new FaultList();
        boolean complete = false;
        try {
            complete = new CsvForm(file, dialect, header -> Columns.namedTwice(header)
                    .forEach(sentence -> ofText.add("columns that exist twice", "line 1", sentence))).read(
                    row -> rows.accept(present(row)), ofText);
        } catch (InvalidDatasetException e) {
            // Its faults are in the list.
        }
        ofText.sentences().forEach(sentence -> faults.add("faulty lists", "", list + (sentence.startsWith("line ") ? " " : ": ")
                + sentence));
        return complete && ofText.isEmpty();
    }

    private NamedRow present(NamedRow row) {
        row.values().values().removeIf(String::isBlank);
        return new NamedRow(new Place(list, row.place().line()), row.values());
    }
}
