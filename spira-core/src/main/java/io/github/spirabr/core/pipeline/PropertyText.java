package io.github.spirabr.core.pipeline;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** Java properties with sorted keys and no date in them, so that equal values give equal bytes. */
final class PropertyText {

    private PropertyText() {}

    /** A setting as text; the values of lists are separated by commas. */
    static String of(Object value) {
        return value instanceof List<?> list
                ? list.stream().map(Object::toString).collect(Collectors.joining(","))
                : value.toString();
    }

    static byte[] write(SortedMap<String, String> values) {
        StringBuilder text = new StringBuilder();
        values.forEach((key, value) -> {
            Properties one = new Properties();
            one.setProperty(key, value);
            StringWriter escaped = new StringWriter();
            try {
                one.store(escaped, null);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            escaped.toString().lines().filter(line -> !line.startsWith("#")).forEach(line ->
                    text.append(line).append('\n'));
        });
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    static Map<String, String> read(byte[] bytes) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(new String(bytes, StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> values = new LinkedHashMap<>();
        properties.stringPropertyNames().forEach(name -> values.put(name, properties.getProperty(name)));
        return values;
    }
}
