package io.github.spirabr.core.internal;

import io.github.spirabr.core.internal.adapter.Json;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * A document of JSON, whose first member is the number of its format. A sealed one ends with the SHA-256 of the
 * document without that member, so that a change of a single bit is detected.
 */
public final class JsonDocument {

    /** The name of the format's number. */
    public static final String FORMAT = "formatVersion";
    /** The name of the hash. */
    public static final String HASH = "sha256";

    /** The places of line ends. */
    public enum Layout {
        /** One line, which has no end. */
        COMPACT {
            @Override
            String write(Object value) {
                return Json.write(value);
            }
        },
        /** One line. */
        LINE {
            @Override
            String write(Object value) {
                return Json.write(value) + "\n";
            }
        },
        /** A line for each member. */
        LINES {
            @Override
            String write(Object value) {
                return Json.writeLines(value) + "\n";
            }
        };

        abstract String write(Object value);
    }

    private JsonDocument() {}

    /**
     * Writes a document: maps in their order, lists, text, integers and booleans.
     *
     * @param members members without the format
     */
    public static byte[] write(int format, Layout layout, Map<String, ?> members) {
        return bytes(layout.write(with(format, members)));
    }

    /** Writes a sealed document. */
    public static byte[] writeSealed(int format, Layout layout, Map<String, ?> members) {
        Map<String, Object> sealed = with(format, members);
        sealed.put(HASH, Sha256.hex(layout.write(sealed)));
        return bytes(layout.write(sealed));
    }

    private static Map<String, Object> with(int format, Map<String, ?> members) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put(FORMAT, format);
        all.putAll(members);
        return all;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads a whole document.
     *
     * @param document document, as a subject, for messages
     * @param newest format that the reader knows
     * @throws DocumentException if it is damaged or of a newer format
     */
    public static <T> T read(String document, int newest, byte[] content, Function<JsonObject, T> reader) {
        return read(document, newest, Integer.MAX_VALUE, Layout.COMPACT, content, reader);
    }

    /**
     * Reads a whole document whose formats are sealed from one on.
     *
     * @param document document, as a subject, for messages
     * @param newest format that the reader knows, and the first that is sealed
     * @throws DocumentException if it is damaged or of a newer format
     */
    public static <T> T readSealed(
            String document, int newest, Layout layout, byte[] content, Function<JsonObject, T> reader) {
        return read(document, newest, newest, layout, content, reader);
    }

    private static <T> T read(
            String document, int newest, int sealed, Layout layout, byte[] content, Function<JsonObject, T> reader) {
        try {
            Object tree = Json.read(Utf8.decode(content));
            JsonObject members = JsonObject.of("", tree);
            String found = members.has(FORMAT) ? Long.toString(members.longInteger(FORMAT)) : null;
            if (DocumentException.requireFormat(document, found, newest) >= sealed) {
                requireSeal(new LinkedHashMap<>((Map<?, ?>) tree), members.text(HASH), layout, content);
            }
            return reader.apply(members);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw DocumentException.damaged(document, e.getMessage(), e);
        }
    }

    private static void requireSeal(Map<?, ?> members, String hash, Layout layout, byte[] content) {
        if (!Arrays.equals(bytes(layout.write(members)), content)) {
            throw new IllegalArgumentException("its text must be in this library's exact form, but differs");
        }
        members.remove(HASH);
        String found = Sha256.hex(layout.write(members));
        if (!found.equals(hash)) {
            throw new IllegalArgumentException("its SHA-256 is " + found + ", but it says " + hash);
        }
    }
}
