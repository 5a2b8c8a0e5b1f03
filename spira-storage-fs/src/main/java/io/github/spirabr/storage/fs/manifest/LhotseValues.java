package io.github.spirabr.storage.fs.manifest;

import io.github.spirabr.core.internal.adapter.FaultList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The values that lhotse's supervisions and custom fields give to a row. Used by one thread. */
final class LhotseValues {

    private static final Set<String> OF_THE_PART = Set.of("file_path", "offset", "channel");
    /** Names of supervisions whose values become columns, and the columns' names. */
    private static final Map<String, String> COLUMNS =
            Map.of("speaker", "subject", "gender", "gender", "language", "language", "text", "text");

    private final FaultList notices;

    /**
     * Creates an instance.
     *
     * @param notices receives a sentence for each custom field that is left out, as it is no single value
     */
    LhotseValues(FaultList notices) {
        this.notices = notices;
    }

    /** Adds the custom fields of a cut, and the values of its supervisions, which must agree. */
    void add(Place place, Map<?, ?> cut, Map<String, String> row) throws FaultyLineException {
        addCustom(place, cut, row);
        List<?> supervisions = cut.get("supervisions") instanceof List<?> list ? list : List.of();
        for (Object supervision : supervisions) {
            if (!(supervision instanceof Map<?, ?> values)) {
                throw new FaultyLineException("lines with wrong supervisions", "supervisions must be objects, but one was '"
                        + supervision + "'; correct it");
            }
            addSupervision(place, values, row);
        }
    }

    /** Adds the values of a supervision. */
    void addSupervision(Place place, Map<?, ?> supervision, Map<String, String> row) throws FaultyLineException {
        for (Map.Entry<?, ?> value : supervision.entrySet()) {
            String column = COLUMNS.get(value.getKey().toString());
            if (column != null && value.getValue() instanceof String text) {
                put(column, text, row);
            }
        }
        addCustom(place, supervision, row);
    }

    private void addCustom(Place place, Map<?, ?> owner, Map<String, String> row) throws FaultyLineException {
        if (!(owner.get("custom") instanceof Map<?, ?> custom)) {
            return;
        }
        for (Map.Entry<?, ?> field : custom.entrySet()) {
            String name = field.getKey().toString();
            if (name.equals(LhotseRecording.EXACT_PART)) {
                continue;
            }
            if (OF_THE_PART.contains(name) || name.equals("duration") && row.containsKey("offset")) {
                throw new FaultyLineException("lines with wrong custom fields", "the custom field '" + name
                        + "' must have another name, as this one is of the part itself; rename it");
            }
            if (field.getValue() instanceof String text) {
                put(name, text, row);
            } else {
                notices.add("custom fields that are left out", place.toString(), "the custom field '" + name + "' is "
                        + (field.getValue() instanceof Map ? "an object" : "an array") + " and is left out");
            }
        }
    }

    /** Adds the id of a cut, unless it says the same as the file and the part. */
    void addId(String id, Map<String, String> row) throws FaultyLineException {
        String part = row.containsKey("offset") ? row.get("offset") + "+" + row.getOrDefault("duration", "end") : "0+end";
        String channel = row.containsKey("channel") ? " channel " + row.get("channel") : "";
        boolean whole = !row.containsKey("offset") && channel.isEmpty();
        if (!id.equals(row.get("file_path") + (whole ? "" : "@" + part + channel))) {
            put("cut", id, row);
        }
    }

    private void put(String column, String value, Map<String, String> row) throws FaultyLineException {
        String before = row.putIfAbsent(column, value);
        if (before != null && !before.equals(value)) {
            throw new FaultyLineException("lines with contradicting values", "'" + column + "' must have one value, but has '"
                    + before
                    + "' and '" + value + "'; cut at the supervisions by lhotse's trim_to_supervisions, or correct the custom"
                    + " fields");
        }
    }
}
