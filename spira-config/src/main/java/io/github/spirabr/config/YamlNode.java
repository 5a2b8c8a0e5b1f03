package io.github.spirabr.config;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a file holds at some place. */
sealed interface YamlNode {

    Position at();

    /** What it is, for messages. */
    String kind();

    /**
     * Names and values.
     *
     * @param entries in their order, unmodifiable
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

    /** @param nameAt where the name stands */
    record Entry(Position nameAt, YamlNode value) {}

    /** Values in their order. */
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
     * @param value a string, boolean, number or null
     * @param folder that a relative path starts from
     */
    record Scalar(Position at, @Nullable Object value, Path folder) implements YamlNode {

        @Override
        public String kind() {
            return value == null ? "empty" : "'" + value + "'";
        }
    }
}
