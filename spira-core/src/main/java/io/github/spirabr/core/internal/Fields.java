package io.github.spirabr.core.internal;

import io.github.spirabr.core.journal.JournalException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Named values of a document, in groups; equal values give equal bytes. */
public final class Fields {

    public static final String FORMAT = "format";

    private final SortedMap<String, String> values;
    private final String prefix;

    private Fields(SortedMap<String, String> values, String prefix) {
        this.values = values;
        this.prefix = prefix;
    }

    /** None yet, of a document of this format. */
    public static Fields of(int format) {
        return new Fields(new TreeMap<>(), "").put(FORMAT, format);
    }

    /**
     * Reads them.
     *
     * @param what and where, for messages
     * @throws JournalException if the document is of another format
     */
    public static Fields read(String what, int format, byte[] content) {
        SortedMap<String, String> values;
        try {
            values = SortedProperties.read(content);
        } catch (IllegalArgumentException e) {
            throw new JournalException(what + " is damaged: " + e.getMessage() + "; restore it from a backup", e);
        }
        String found = values.get(FORMAT);
        if (!Integer.toString(format).equals(found)) {
            throw new JournalException(what + (found == null ? " has no format" : " has format " + found)
                    + ", but this version reads " + format + " only; use the version of the library that wrote it, or restore"
                    + " it from a backup");
        }
        return new Fields(values, "");
    }

    public byte[] toBytes() {
        return SortedProperties.write(values);
    }

    public Fields put(String name, Object value) {
        values.put(prefix + name, value.toString());
        return this;
    }

    public <T> Fields put(String name, Optional<T> value) {
        value.ifPresent(there -> put(name, (Object) there));
        return this;
    }

    /** Items by their place. */
    public <T> Fields putAll(String name, List<T> items, BiConsumer<Fields, T> writer) {
        put(name + ".count", items.size());
        for (int i = 0; i < items.size(); i++) {
            writer.accept(group(name + "." + i), items.get(i));
        }
        return this;
    }

    public Fields putAll(String name, Map<String, ?> map) {
        Fields group = group(name);
        map.forEach(group::put);
        return this;
    }

    /** Those whose names begin so. */
    public Fields group(String name) {
        return new Fields(values, prefix + name + ".");
    }

    public boolean has(String name) {
        return values.containsKey(prefix + name);
    }

    /** Whether there are any whose names begin so. */
    public boolean hasGroup(String name) {
        String start = prefix + name + ".";
        SortedMap<String, String> tail = values.tailMap(start);
        return !tail.isEmpty() && tail.firstKey().startsWith(start);
    }

    public Optional<String> find(String name) {
        return Optional.ofNullable(values.get(prefix + name));
    }

    public String text(String name) {
        return find(name).orElseThrow(() -> new IllegalArgumentException("it has no " + prefix + name));
    }

    public int integer(String name) {
        return Integer.parseInt(text(name));
    }

    public long longInteger(String name) {
        return Long.parseLong(text(name));
    }

    public double number(String name) {
        return Double.parseDouble(text(name));
    }

    public boolean bool(String name) {
        return Boolean.parseBoolean(text(name));
    }

    public Instant instant(String name) {
        return Instant.parse(text(name));
    }

    public <E extends Enum<E>> E choice(String name, Class<E> type) {
        return Enum.valueOf(type, text(name));
    }

    public <T> List<T> list(String name, Function<Fields, T> reader) {
        List<T> items = new ArrayList<>();
        for (int i = 0; i < integer(name + ".count"); i++) {
            items.add(reader.apply(group(name + "." + i)));
        }
        return List.copyOf(items);
    }

    public SortedMap<String, String> map(String name) {
        String start = prefix + name + ".";
        SortedMap<String, String> found = new TreeMap<>();
        for (Map.Entry<String, String> entry : values.tailMap(start).entrySet()) {
            if (!entry.getKey().startsWith(start)) {
                break;
            }
            found.put(entry.getKey().substring(start.length()), entry.getValue());
        }
        return found;
    }

    /**
     * Reads a whole document.
     *
     * @throws JournalException if it is damaged, or of another format
     */
    public static <T> T parse(String what, int format, byte[] content, Function<Fields, T> reader) {
        Fields fields = read(what, format, content);
        try {
            return reader.apply(fields);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new JournalException(what + " is damaged: " + e.getMessage() + "; restore it from a backup", e);
        }
    }
}
