package io.github.spirabr.storage.fs.manifest;

import io.github.spirabr.core.internal.adapter.FaultList;
import io.github.spirabr.core.internal.adapter.PlainText;
import io.github.spirabr.core.recording.AudioSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * One JSON object in each line, with text, numbers and booleans, as NeMo and the data sets of Hugging Face have it; plain or
 * compressed by gzip. Names are kept as they are.
 */
final class JsonLinesForm implements Form {

    private final AudioSource file;
    private final String list;
    private final boolean flat;

    JsonLinesForm(AudioSource file) {
        this(file, "");
    }

    /**
     * Creates an instance.
     *
     * @param list name of the file in messages, if there are others; else empty
     */
    JsonLinesForm(AudioSource file, String list) {
        this(file, list, true);
    }

    private JsonLinesForm(AudioSource file, String list, boolean flat) {
        this.file = file;
        this.list = list;
        this.flat = flat;
    }

    /** Returns a form in which the members of inner objects are as good as outer ones, and arrays are texts with commas. */
    static JsonLinesForm flattening(AudioSource file, String list) {
        return new JsonLinesForm(file, list, false);
    }

    @Override
    public boolean read(Consumer<NamedRow> rows, FaultList faults) {
        return TextLines.read(file, list, (place, bytes, offset, length) ->
                rows.accept(new NamedRow(place, values(JsonLine.read(bytes, offset, length)))), faults);
    }

    private Map<String, String> values(Map<String, Object> object) throws FaultyLineException {
        Map<String, String> values = new LinkedHashMap<>();
        add(object, values);
        return values;
    }

    private void add(Map<?, ?> object, Map<String, String> values) throws FaultyLineException {
        for (Map.Entry<?, ?> member : object.entrySet()) {
            String name = PlainText.of(member.getKey().toString());
            if (!flat && member.getValue() instanceof Map<?, ?> inner) {
                add(inner, values);
                continue;
            }
            String value = text(name, member.getValue());
            if (name.isEmpty()) {
                throw new FaultyLineException("lines with a blank name", "has a blank name, of the value '" + value
                        + "'; name it");
            }
            if (values.putIfAbsent(name, value) != null) {
                throw new FaultyLineException("lines with a name twice", "has the name '" + name
                        + "' twice, in objects or spellings that are one here; remove one");
            }
        }
    }

    private String text(String name, Object value) throws FaultyLineException {
        if (value instanceof String text) {
            return text;
        }
        if (!flat && value instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
            return list.stream().map(String.class::cast).collect(Collectors.joining(","));
        }
        throw new FaultyLineException("lines with objects or arrays", "'" + name + "' must be text, a number or a boolean, but"
                + " was " + (value instanceof Map ? "an object" : "an array") + "; remove it, or give each of its values a name");
    }
}
