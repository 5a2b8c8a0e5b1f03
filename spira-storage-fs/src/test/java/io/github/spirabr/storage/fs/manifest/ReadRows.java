package io.github.spirabr.storage.fs.manifest;

import io.github.spirabr.core.internal.adapter.FaultList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a form read.
 *
 * @param complete what it returned
 * @param rows in their order
 * @param faults sentences
 */
record ReadRows(boolean complete, List<NamedRow> rows, List<String> faults) {

    /** The dialect that the contents of a file have. */
    static final CsvForm.Dialect RECOGNISED = new CsvForm.Dialect(Optional.empty(), Optional.empty());

    static ReadRows of(Form form) {
        List<NamedRow> rows = new ArrayList<>();
        FaultList faults = new FaultList();
        boolean complete = form.read(rows::add, faults);
        return new ReadRows(complete, rows, faults.sentences());
    }

    List<Map<String, String>> values() {
        return rows.stream().map(NamedRow::values).toList();
    }
}
