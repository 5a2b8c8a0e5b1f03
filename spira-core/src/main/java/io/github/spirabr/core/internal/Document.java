package io.github.spirabr.core.internal;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * A small document: named values in groups and lists. It is stored as Java properties in UTF-8, sorted by name, so that
 * equal values give equal bytes. A group is a common start of names, such as {@code data.}; an item of a list is a
 * group by its place, such as {@code check.0.}.
 *
 * <p>A sealed document also holds its own name and the SHA-256 of all other lines: a change of a single bit, or an
 * exchange with another document, is detected.
 */
public final class Document {

    /** The name of the format's number. */
    public static final String FORMAT = "format";

    private static final String NAME = "document";
    private static final String HASH = "contentSha256";
    private static final String COUNT = ".count";

    private final SortedMap<String, String> values;
    private final String prefix;

    private Document(SortedMap<String, String> values, String prefix) {
        this.values = values;
        this.prefix = prefix;
    }

    /** Returns a document of a format, with no other value yet. */
    public static Document of(int format) {
        return new Document(new TreeMap<>(), "").put(FORMAT, format);
    }

    /** Returns a document of these values, which are copied. */
    public static Document of(Map<String, String> values) {
        return new Document(new TreeMap<>(values), "");
    }

    /**
     * Reads all values, whatever the format.
     *
     * @param document document, as a subject, such as {@code the lease in /data/journal}, for messages
     * @throws DocumentException if it is damaged
     */
    public static Document read(String document, byte[] content) {
        try {
            return new Document(PropertiesText.read(Utf8.decode(content)), "");
        } catch (IllegalArgumentException e) {
            throw DocumentException.damaged(document, e.getMessage(), e);
        }
    }

    /**
     * Reads a whole document.
     *
     * @param document document, as a subject
     * @param newest format that the reader knows
     * @throws DocumentException if it is damaged or of a newer format
     */
    public static <T> T read(String document, int newest, byte[] content, Function<Document, T> reader) {
        Document read = read(document, content);
        DocumentException.requireFormat(document, read.values.get(FORMAT), newest);
        return parse(document, read, reader);
    }

    /**
     * Reads a whole document that was sealed, or that a version of the library wrote before documents were.
     *
     * @param document document, as a subject
     * @param name name of the document
     * @param newest format that the reader knows
     * @throws DocumentException if it is damaged, another document or of a newer format
     */
    public static <T> T readSealed(
            String document, String name, int newest, byte[] content, Function<Document, T> reader) {
        Document read = read(document, content);
        DocumentException.requireFormat(document, read.values.get(FORMAT), newest);
        return parse(document, read, values -> reader.apply(values.unsealed(name, content)));
    }

    private static <T> T parse(String document, Document read, Function<Document, T> reader) {
        try {
            return reader.apply(read);
        } catch (IllegalArgumentException | DateTimeException | IndexOutOfBoundsException e) {
            throw DocumentException.damaged(document, e.getMessage(), e);
        }
    }

    private Document unsealed(String name, byte[] content) {
        if (!Arrays.equals(content, toBytes())) {
            throw new IllegalArgumentException("its lines must be in this library's exact form, but differ");
        }
        String hash = values.get(HASH);
        if (hash == null) {
            values.keySet().stream().filter(Document::isNearHash).findFirst().ifPresent(near -> {
                throw new IllegalArgumentException("it has no " + HASH + ", but " + near);
            });
            return this;
        }
        SortedMap<String, String> hashed = new TreeMap<>(values);
        hashed.remove(HASH);
        String found = hash(hashed);
        if (!found.equals(hash)) {
            throw new IllegalArgumentException("its SHA-256 is " + found + ", but it says " + hash);
        }
        if (!text(NAME).equals(name)) {
            throw new IllegalArgumentException("it is the document " + text(NAME));
        }
        return this;
    }

    /** Returns whether a name is that of the hash but for one character, so that no damaged name hides the hash. */
    private static boolean isNearHash(String name) {
        int others = Math.abs(name.length() - HASH.length());
        for (int i = 0; i < Math.min(name.length(), HASH.length()); i++) {
            others += name.charAt(i) == HASH.charAt(i) ? 0 : 1;
        }
        return others == 1;
    }

    private static String hash(SortedMap<String, String> values) {
        return Sha256.hex(PropertiesText.write(values));
    }

    /** Returns the document as it is stored. */
    public byte[] toBytes() {
        return PropertiesText.write(values).getBytes(StandardCharsets.UTF_8);
    }

    /** Returns the document as it is stored with its name and its hash. */
    public byte[] toSealedBytes(String name) {
        SortedMap<String, String> sealed = new TreeMap<>(values);
        sealed.put(NAME, name);
        sealed.put(HASH, hash(sealed));
        return new Document(sealed, "").toBytes();
    }

    /** Returns a copy of all values. */
    public SortedMap<String, String> toMap() {
        return new TreeMap<>(values);
    }

    /** Sets a value. */
    public Document put(String name, Object value) {
        values.put(prefix + name, value.toString());
        return this;
    }

    /** Sets a value that may be missing. */
    public <T> Document put(String name, Optional<T> value) {
        value.ifPresent(there -> put(name, (Object) there));
        return this;
    }

    /** Sets a list, each item of which is written into a group. */
    public <T> Document putAll(String name, List<T> items, BiConsumer<Document, T> writer) {
        put(name + COUNT, items.size());
        for (int i = 0; i < items.size(); i++) {
            writer.accept(group(name + "." + i), items.get(i));
        }
        return this;
    }

    /** Sets a group. */
    public Document putAll(String name, Map<String, ?> map) {
        Document group = group(name);
        map.forEach(group::put);
        return this;
    }

    /** Returns a view of a group, through which it is written and read. */
    public Document group(String name) {
        return new Document(values, prefix + name + ".");
    }

    /** Returns whether a group has any value. */
    public boolean hasGroup(String name) {
        String start = prefix + name + ".";
        SortedMap<String, String> tail = values.tailMap(start);
        return !tail.isEmpty() && tail.firstKey().startsWith(start);
    }

    /** Returns a value that may be missing. */
    public Optional<String> find(String name) {
        return Optional.ofNullable(values.get(prefix + name));
    }

    /**
     * Returns a value; so do the methods below, for values of their type.
     *
     * @throws IllegalArgumentException if there is no such value, or it is of another type
     */
    public String text(String name) {
        return find(name).orElseThrow(() -> new IllegalArgumentException("it has no " + prefix + name));
    }

    /** Returns a value that is an integer of 32 bits. */
    public int integer(String name) {
        return Integer.parseInt(text(name));
    }

    /** Returns a value that is an integer of 64 bits. */
    public long longInteger(String name) {
        return Long.parseLong(text(name));
    }

    /** Returns a value that is a number. */
    public double number(String name) {
        return Double.parseDouble(text(name));
    }

    /** Returns a value that is true or false. */
    public boolean bool(String name) {
        String value = text(name);
        if (!value.equals("true") && !value.equals("false")) {
            throw new IllegalArgumentException(prefix + name + " is '" + value + "'");
        }
        return value.equals("true");
    }

    /** Returns a value that is a time. */
    public Instant instant(String name) {
        return Instant.parse(text(name));
    }

    /** Returns a value that is a constant of an enum. */
    public <E extends Enum<E>> E choice(String name, Class<E> type) {
        return Enum.valueOf(type, text(name));
    }

    /** Returns a list, each item of which is read from its group. */
    public <T> List<T> list(String name, Function<Document, T> reader) {
        List<T> items = new ArrayList<>();
        for (int i = 0; i < integer(name + COUNT); i++) {
            items.add(reader.apply(group(name + "." + i)));
        }
        return List.copyOf(items);
    }

    /** Returns a group by the names within it. */
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
}
