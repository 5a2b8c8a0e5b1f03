package io.github.spirabr.storage.fs.manifest;

import java.util.List;

/**
 * A row of a CSV file.
 *
 * @param line line at which the row begins, counted from 1
 * @param values its fields, unquoted
 */
record CsvRow(long line, List<String> values) {}
