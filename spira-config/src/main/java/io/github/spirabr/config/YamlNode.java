package io.github.spirabr.config;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A node of a YAML file. */
sealed interface YamlNode {

    Position at();

    /** Describes the node in messages. */
    String kind();

    /**
     * A group of names and values.
     *
     * @param entries entries in their order, unmodifiable
     */
    record Group(Position at, Map<String, Entry> entries) implements YamlNode {

        public Group {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }

        @Override
        public String kind() {
            return "a group";
        }

        @Nullable YamlNode get(String name) {
            Entry entry = entries.get(name);
            return entry == null ? null : entry.value();
        }

        Group with(String name, Entry entry) {
            Map<String, Entry> more = new LinkedHashMap<>(entries);
            more.put(name, entry);
            return new Group(at, more);
        }

        Group without(String name) {
            Map<String, Entry> less = new LinkedHashMap<>(entries);
            less.remove(name);
            return new Group(at, less);
        }
    }

    /**
     * A value with its name.
     *
     * @param nameAt position of the name
     */
    record Entry(Position nameAt, YamlNode value) {}

    /** A list of values. */
    record Items(Position at, List<YamlNode> nodes) implements YamlNode {

        public Items {
            nodes = List.copyOf(nodes);
        }

        @Override
        public String kind() {
            return "a list";
        }
    }

    /**
     * A single value. It is a number or a boolean only if it is written as this library writes that number or boolean;
     * otherwise it stays the text that it is, which a setting of numbers reads as well. So {@code 0.5} is a number, but {@code
     * 010}, {@code 1_000} and {@code no} are texts.
     *
     * @param value a string, boolean, number or null
     * @param folder folder that a relative path starts from
     */
    record Scalar(Position at, @Nullable Object value, Path folder) implements YamlNode {

        @Override
        public String kind() {
            return value == null ? "empty" : "'" + text() + "'";
        }

        /** Returns the value as it is written. */
        String text() {
            return value instanceof Double number ? ExperimentText.number(number) : String.valueOf(value);
        }
    }
}
