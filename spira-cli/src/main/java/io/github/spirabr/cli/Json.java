package io.github.spirabr.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.PrintWriter;

/** Results for machines. */
final class Json {

    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private static final ObjectMapper ONE_LINE = new ObjectMapper();

    private Json() {}

    /** Prints a value on a line of its own, as of many (JSON lines). */
    static void printLine(PrintWriter out, Object value) {
        print(out, value, ONE_LINE);
    }

    /** Prints maps, lists, texts and numbers. */
    static void print(PrintWriter out, Object value) {
        print(out, value, MAPPER);
    }

    private static void print(PrintWriter out, Object value, ObjectMapper mapper) {
        try {
            out.println(mapper.writeValueAsString(value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("only values that JSON knows are printed", e);
        }
        out.flush();
    }
}
