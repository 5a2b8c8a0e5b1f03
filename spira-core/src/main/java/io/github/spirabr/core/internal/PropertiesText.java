package io.github.spirabr.core.internal;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;

/** The lines of Java properties, sorted and without a date. */
final class PropertiesText {

    private PropertiesText() {}

    static String write(SortedMap<String, String> values) {
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
        return text.toString();
    }

    /**
     * Reads lines, in any order.
     *
     * @throws IllegalArgumentException if an escape is malformed
     */
    static SortedMap<String, String> read(String text) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        SortedMap<String, String> values = new TreeMap<>();
        properties.stringPropertyNames().forEach(name -> values.put(name, properties.getProperty(name)));
        return values;
    }
}
