package io.github.spirabr.core.internal;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;

/** Java properties in UTF-8, with sorted keys and no date in them, so that equal values give equal bytes. */
public final class SortedProperties {

    private SortedProperties() {}

    /** A line for each value. */
    public static byte[] write(SortedMap<String, String> values) {
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

    /**
     * The values of any properties.
     *
     * @throws IllegalArgumentException if an escape is malformed
     */
    public static SortedMap<String, String> read(byte[] content) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(new String(content, StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        SortedMap<String, String> values = new TreeMap<>();
        properties.stringPropertyNames().forEach(name -> values.put(name, properties.getProperty(name)));
        return values;
    }
}
