package io.github.spirabr.core.internal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A document of rows, each a line of fields separated by tabs, in UTF-8; tabs and line ends within a field are escaped
 * by a backslash.
 */
public final class Table {

    private Table() {}

    /** Writes rows of at least one field; equal rows give equal bytes. */
    public static byte[] write(List<List<String>> rows) {
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                if (i > 0) {
                    text.append('\t');
                }
                escape(row.get(i), text);
            }
            text.append('\n');
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void escape(String field, StringBuilder text) {
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            switch (c) {
                case '\\' -> text.append("\\\\");
                case '\t' -> text.append("\\t");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                default -> text.append(c);
            }
        }
    }

    /**
     * Reads a table.
     *
     * @param document document, as a subject, for messages
     * @param reader reader of one row; may fail with an {@link IllegalArgumentException}, or for want of a field
     * @throws DocumentException if the table or a row is damaged
     */
    public static <T> List<T> read(String document, byte[] content, Function<List<String>, T> reader) {
        try {
            return rows(Utf8.decode(content)).stream().map(reader).toList();
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw DocumentException.damaged(document, e.getMessage(), e);
        }
    }

    /**
     * Reads a table of one row.
     *
     * @param document document, as a subject, for messages
     * @throws DocumentException if it is damaged, or has another number of rows
     */
    public static <T> T readRow(String document, byte[] content, Function<List<String>, T> reader) {
        List<T> rows = read(document, content, reader);
        if (rows.size() != 1) {
            throw DocumentException.damaged(document, "it has " + rows.size() + " rows", null);
        }
        return rows.get(0);
    }

    private static List<List<String>> rows(String text) {
        List<List<String>> rows = new ArrayList<>();
        List<String> row = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                field.append(unescaped(text.charAt(++i)));
            } else if (c == '\t' || c == '\n') {
                row.add(field.toString());
                field.setLength(0);
                if (c == '\n') {
                    rows.add(List.copyOf(row));
                    row.clear();
                }
            } else {
                field.append(c);
            }
        }
        if (!row.isEmpty() || !field.isEmpty()) {
            throw new IllegalArgumentException("its last line is cut");
        }
        return rows;
    }

    private static char unescaped(char c) {
        return switch (c) {
            case '\\' -> c;
            case 't' -> '\t';
            case 'n' -> '\n';
            case 'r' -> '\r';
            default -> throw new IllegalArgumentException("it has the escape \\" + c);
        };
    }
}
