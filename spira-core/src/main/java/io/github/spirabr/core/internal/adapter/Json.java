package io.github.spirabr.core.internal.adapter;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * JSON of documents: objects, lists, text, integers and booleans. It is written as the library always wrote it, members in
 * the order of their map, and read strictly: no member twice, nothing after the end, no {@code null}, no fractions.
 */
public final class Json {

    private static final int DEEPEST = 32;
    private static final String INDENT = "  ";
    private static final Pattern INTEGER = Pattern.compile("-?(0|[1-9][0-9]*)");

    private Json() {}

    /** Writes on one line. */
    public static String write(Object value) {
        StringBuilder text = new StringBuilder();
        write(value, text, null);
        return text.toString();
    }

    /** Writes each member of an object on a line of its own; lists are not supported. */
    public static String writeLines(Object value) {
        StringBuilder text = new StringBuilder();
        write(value, text, "\n");
        return text.toString();
    }

    /**
     * Writes a value.
     *
     * @param newLine the line break and the indentation of the value; null for one line
     */
    private static void write(Object value, StringBuilder text, @Nullable String newLine) {
        if (value instanceof Map<?, ?> object) {
            String inner = newLine == null ? null : newLine + INDENT;
            text.append('{');
            String separator = "";
            for (Map.Entry<?, ?> member : object.entrySet()) {
                text.append(separator).append(inner == null ? "" : inner);
                quote(member.getKey().toString(), text);
                text.append(inner == null ? ":" : " : ");
                write(member.getValue(), text, inner);
                separator = ",";
            }
            text.append(newLine == null ? "" : newLine).append('}');
        } else if (value instanceof Iterable<?> list && newLine == null) {
            text.append('[');
            String separator = "";
            for (Object item : list) {
                text.append(separator);
                write(item, text, null);
                separator = ",";
            }
            text.append(']');
        } else if (value instanceof Integer || value instanceof Long || value instanceof Boolean) {
            text.append(value);
        } else if (value instanceof String string) {
            quote(string, text);
        } else {
            throw new IllegalArgumentException("a document cannot hold " + value.getClass());
        }
    }

    private static void quote(String string, StringBuilder text) {
        text.append('"');
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\b' -> text.append("\\b");
                case '\f' -> text.append("\\f");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                default -> {
                    if (c < ' ') {
                        text.append(String.format(Locale.ROOT, "\\u%04X", (int) c));
                    } else {
                        text.append(c);
                    }
                }
            }
        }
        text.append('"');
    }

    /**
     * Reads a value: a {@code Map<String, Object>} in the order of its members, a {@code List<Object>}, a {@code String}, a
     * {@code Long} or a {@code Boolean}.
     *
     * @throws IllegalArgumentException if the text is not such JSON
     */
    public static Object read(String text) {
        Reader reader = new Reader(text);
        Object value = reader.value(0);
        reader.skipBlanks();
        if (reader.position < text.length()) {
            throw reader.unexpected();
        }
        return value;
    }

    private static final class Reader {

        private final String text;
        private int position;

        Reader(String text) {
            this.text = text;
        }

        Object value(int depth) {
            if (depth > DEEPEST) {
                throw new IllegalArgumentException("it is nested more than " + DEEPEST + " times");
            }
            skipBlanks();
            char c = peek();
            if (c == '{') {
                return object(depth);
            }
            if (c == '[') {
                return list(depth);
            }
            if (c == '"') {
                return string();
            }
            if (c == 't' || c == 'f') {
                boolean value = c == 't';
                word(Boolean.toString(value));
                return value;
            }
            return integer();
        }

        private Map<String, Object> object(int depth) {
            Map<String, Object> members = new LinkedHashMap<>();
            position++;
            skipBlanks();
            if (peek() == '}') {
                position++;
                return members;
            }
            do {
                skipBlanks();
                String name = string();
                skipBlanks();
                word(":");
                if (members.put(name, value(depth + 1)) != null) {
                    throw new IllegalArgumentException("it has " + name + " twice");
                }
            } while (another('}'));
            return members;
        }

        private List<Object> list(int depth) {
            List<Object> items = new ArrayList<>();
            position++;
            skipBlanks();
            if (peek() == ']') {
                position++;
                return items;
            }
            do {
                items.add(value(depth + 1));
            } while (another(']'));
            return items;
        }

        private boolean another(char end) {
            skipBlanks();
            boolean comma = peek() == ',';
            if (!comma && peek() != end) {
                throw unexpected();
            }
            position++;
            return comma;
        }

        private String string() {
            word("\"");
            StringBuilder string = new StringBuilder();
            while (peek() != '"') {
                char c = next();
                if (c < ' ') {
                    position--;
                    throw unexpected();
                }
                string.append(c == '\\' ? escaped() : c);
            }
            position++;
            return string.toString();
        }

        private char escaped() {
            char c = next();
            return switch (c) {
                case '"', '\\', '/' -> c;
                case 'b' -> '\b';
                case 'f' -> '\f';
                case 'n' -> '\n';
                case 'r' -> '\r';
                case 't' -> '\t';
                case 'u' -> {
                    int start = position;
                    for (int i = 0; i < 4; i++) {
                        if (Character.digit(next(), 16) < 0) {
                            position--;
                            throw unexpected();
                        }
                    }
                    yield (char) Integer.parseInt(text.substring(start, position), 16);
                }
                default -> {
                    position--;
                    throw unexpected();
                }
            };
        }

        private Long integer() {
            int start = position;
            if (peek() == '-') {
                position++;
            }
            while (position < text.length() && text.charAt(position) >= '0' && text.charAt(position) <= '9') {
                position++;
            }
            String digits = text.substring(start, position);
            if (!INTEGER.matcher(digits).matches()) {
                position = digits.length() > 1 ? start : position;
                throw unexpected();
            }
            try {
                return Long.valueOf(digits);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(
                        "it has a number at character " + (start + 1) + ", which is too large for 64 bits", e);
            }
        }

        private void word(String word) {
            for (int i = 0; i < word.length(); i++) {
                if (peek() != word.charAt(i)) {
                    throw unexpected();
                }
                position++;
            }
        }

        private void skipBlanks() {
            while (position < text.length() && " \t\r\n".indexOf(text.charAt(position)) >= 0) {
                position++;
            }
        }

        private char next() {
            char c = peek();
            position++;
            return c;
        }

        private char peek() {
            if (position >= text.length()) {
                throw new IllegalArgumentException("it is cut");
            }
            return text.charAt(position);
        }

        private IllegalArgumentException unexpected() {
            return new IllegalArgumentException(position >= text.length() ? "it is cut"
                    : "it has '" + text.charAt(position) + "' at character " + (position + 1) + ", where JSON has none");
        }
    }
}
