package io.github.spirabr.storage.fs.manifest;

import java.util.Map;

/**
 * A row of a list by the names of its columns.
 *
 * @param place place of the row in the list
 * @param values values, in the order of the columns; a value that is absent has no entry
 */
record NamedRow(Place place, Map<String, String> values) {}
