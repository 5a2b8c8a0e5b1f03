package io.github.spirabr.config;

import io.github.spirabr.config.YamlNode.Entry;
import io.github.spirabr.config.YamlNode.Group;
import io.github.spirabr.config.YamlNode.Items;
import io.github.spirabr.config.YamlNode.Scalar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Overrides one file by another: groups are merged name by name, everything else is replaced, and an empty value removes.
 * A group of another {@code type} replaces that of the overridden file as a whole, because its settings are others. A name
 * such as {@code augment[0].perControl} changes an element of a list of the overridden file.
 */
final class YamlLayers {

    private static final String TYPE = "type";

    private final List<ExperimentFault> faults;

    /** Creates an instance that adds faults to this list. */
    YamlLayers(List<ExperimentFault> faults) {
        this.faults = faults;
    }

    Group over(Group base, Group layer) {
        return merge(base, layer, "");
    }

    private Group merge(Group base, Group layer, String path) {
        Object type = scalar(layer.get(TYPE));
        Object typeBelow = scalar(base.get(TYPE));
        boolean replaces = type != null && typeBelow != null && !type.equals(typeBelow);
        Map<String, Entry> merged = new LinkedHashMap<>(replaces ? Map.of() : base.entries());
        layer.entries().forEach((key, entry) -> {
            Optional<KeyPath> keyPath = KeyPath.parse(key);
            put(merged, keyPath.isPresent() ? keyPath.get().steps() : List.of(key), 0, entry, path);
        });
        return new Group(layer.at(), merged);
    }

    private static @Nullable Object scalar(@Nullable YamlNode node) {
        return node instanceof Scalar scalar ? scalar.value() : null;
    }

    private YamlNode set(
            @Nullable YamlNode below, List<Object> steps, int step, Entry entry, String path) {
        if (step == steps.size()) {
            return laid(below, entry.value(), path);
        }
        if (steps.get(step) instanceof Integer index) {
            return element(below, index, steps, step, entry, path);
        }
        if (below != null && !(below instanceof Group)) {
            fault(entry, path, path + " must be a group to hold '" + steps.get(step) + "', but is " + below.kind());
            return below;
        }
        Map<String, Entry> entries = new LinkedHashMap<>(below instanceof Group group ? group.entries() : Map.of());
        put(entries, steps, step, entry, path);
        return new Group(below == null ? entry.nameAt() : below.at(), entries);
    }

    /** Overrides the entries of a group by an entry. */
    private void put(Map<String, Entry> group, List<Object> steps, int step, Entry entry, String path) {
        String name = steps.get(step).toString();
        String here = path.isEmpty() ? name : path + "." + name;
        Entry existing = group.get(name);
        boolean last = step == steps.size() - 1;
        if (last && existing != null && entry.value() instanceof Scalar scalar && scalar.value() == null) {
            group.remove(name);
            return;
        }
        YamlNode value = set(existing == null ? null : existing.value(), steps, step + 1, entry, here);
        group.put(name, new Entry(entry.nameAt(), value));
    }

    private YamlNode element(
            @Nullable YamlNode below, int index, List<Object> steps, int step, Entry entry, String path) {
        List<YamlNode> nodes = below instanceof Items items ? new ArrayList<>(items.nodes()) : new ArrayList<>();
        if (index >= nodes.size()) {
            fault(entry, path, path + "[" + index + "] must exist to be changed, but the list "
                    + (nodes.isEmpty() ? "is empty" : "ends with [" + (nodes.size() - 1) + "]"));
            return Objects.requireNonNullElseGet(below, () -> new Items(entry.nameAt(), List.of()));
        }
        nodes.set(index, set(nodes.get(index), steps, step + 1, entry, path + "[" + index + "]"));
        return new Items(Objects.requireNonNull(below).at(), nodes);
    }

    private YamlNode laid(@Nullable YamlNode below, YamlNode value, String path) {
        if (value instanceof Group layer) {
            return merge(below instanceof Group base ? base : new Group(layer.at(), new LinkedHashMap<>()), layer, path);
        }
        if (value instanceof Items items) {
            List<YamlNode> nodes = new ArrayList<>();
            for (int i = 0; i < items.nodes().size(); i++) {
                nodes.add(laid(null, items.nodes().get(i), path + "[" + i + "]"));
            }
            return new Items(items.at(), nodes);
        }
        return value;
    }

    private void fault(Entry entry, String path, String sentence) {
        faults.add(ExperimentFault.at(entry.nameAt(), path, sentence));
    }
}
