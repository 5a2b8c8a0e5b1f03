package io.github.spirabr.storage.fs.manifest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads JSON objects strictly. Texts, numbers and booleans become text as they are written, objects become maps and arrays
 * lists; {@code null} is absent.
 */
final class JsonLine {

    private static final String BROKEN = "lines that are no JSON object";
    private static final int DEEPEST = 32;
    private static final int LONGEST_REASON = 100;
    private static final JsonFactory JSON = JsonFactory.builder().disable(JsonFactory.Feature.INTERN_FIELD_NAMES).build();
    /** Stands for {@code null} until its object ends, so that a name is known to be there. */
    private static final Object ABSENT = new Object();

    private JsonLine() {}

    /** Returns the object that is all of a line. */
    static Map<String, Object> read(byte[] bytes, int offset, int length) throws FaultyLineException {
        try (JsonParser parser = JSON.createParser(bytes, offset, length)) {
            JsonToken first = parser.nextToken();
            if (first != JsonToken.START_OBJECT) {
                throw new FaultyLineException(BROKEN, "must be a JSON object, but was "
                        + (first == JsonToken.START_ARRAY ? "an array" : first == null ? "blank" : "a single value")
                        + "; write each object on a line of its own, without commas between them");
            }
            Map<String, Object> object = object(parser, 1);
            if (!isAtTheEnd(parser)) {
                throw new FaultyLineException(BROKEN, "must end after its JSON object, but goes on; write each object on a"
                        + " line of its own, without commas between them");
            }
            return object;
        } catch (JsonEOFException e) {
            throw new FaultyLineException(BROKEN, "must hold a whole JSON object, but ends within it; write each object on one"
                    + " line");
        } catch (JsonProcessingException e) {
            throw new FaultyLineException(BROKEN, "is not valid JSON (" + reason(e) + "); correct it");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the first clause of the parser's message; further ones are about its own settings. */
    private static String reason(JsonProcessingException e) {
        String reason = e.getOriginalMessage().split(": |\n", 2)[0];
        return reason.substring(0, Math.min(LONGEST_REASON, reason.length()));
    }

    private static boolean isAtTheEnd(JsonParser parser) throws IOException {
        try {
            return parser.nextToken() == null;
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    /** Returns the object whose start is the parser's current token. */
    static Map<String, Object> object(JsonParser parser, int depth) throws IOException, FaultyLineException {
        requireShallow(depth);
        Map<String, Object> object = new LinkedHashMap<>();
        boolean complete = true;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = wellFormed(parser.currentName());
            parser.nextToken();
            Object value = value(parser, depth);
            complete &= value != ABSENT;
            if (object.putIfAbsent(name, value) != null) {
                throw new FaultyLineException("lines with a name twice", "has the name '" + name + "' twice; remove one");
            }
        }
        if (!complete) {
            object.values().removeIf(value -> value == ABSENT);
        }
        return object;
    }

    private static Object value(JsonParser parser, int depth) throws IOException, FaultyLineException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser, depth + 1);
            case START_ARRAY -> list(parser, depth + 1);
            case VALUE_NULL -> ABSENT;
            case VALUE_STRING -> wellFormed(parser.getText());
            default -> parser.getText();
        };
    }

    private static List<Object> list(JsonParser parser, int depth) throws IOException, FaultyLineException {
        requireShallow(depth);
        List<Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            Object value = value(parser, depth);
            if (value != ABSENT) {
                list.add(value);
            }
        }
        return list;
    }

    private static void requireShallow(int depth) throws FaultyLineException {
        if (depth > DEEPEST) {
            throw new FaultyLineException("lines with deep objects", "must nest objects and arrays at most " + DEEPEST
                    + " deep, but nests them deeper; correct it");
        }
    }

    /** Refuses half of a pair of escapes, which is no character and could not be written again. */
    private static String wellFormed(String text) throws FaultyLineException {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (i + 1 == text.length() || !Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
                    throw new FaultyLineException(BROKEN, "has an escape \\u" + Integer.toHexString(text.charAt(i))
                            + " that is half a character; write both halves");
                }
                i++;
            }
        }
        return text;
    }
}
