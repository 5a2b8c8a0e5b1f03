package io.github.spirabr.config;

import io.github.spirabr.config.ExperimentReader.FaultSink;
import io.github.spirabr.config.YamlNode.Group;
import io.github.spirabr.config.YamlNode.Items;
import io.github.spirabr.config.YamlNode.Scalar;
import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.ComponentException;
import io.github.spirabr.core.component.Components;
import io.github.spirabr.core.component.InvalidSettingException;
import io.github.spirabr.core.component.Setting;
import io.github.spirabr.core.component.Settings;
import io.github.spirabr.core.component.SettingsDeclaration;
import io.github.spirabr.core.internal.adapter.Spelling;
import io.github.spirabr.core.storage.Storage;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads groups, parts and paths of the nodes of an experiment file, and reports faults. Used once, by one thread, with {@link
 * ExperimentReader}.
 */
final class ExperimentSections {

    /** A stand-in for a missing part. */
    static final ComponentDescription NONE = new ComponentDescription("", Map.of());

    private static final String TYPE = "type";
    private static final Path NO_PATH = Path.of("");

    final Group root;
    final FaultSink faults;
    private final Components components;

    /**
     * Creates an instance.
     *
     * @param components declare which settings of parts are files
     */
    ExperimentSections(Group root, FaultSink faults, Components components) {
        this.root = root;
        this.faults = faults;
        this.components = components;
    }

    /** Reads the single values at the top; empty if one of them is faulty. */
    <T> Optional<T> top(SettingsDeclaration declared, Function<Settings, T> reader) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (Setting setting : declared.settings()) {
            YamlNode node = root.get(setting.name());
            if (node instanceof Scalar scalar) {
                values.put(setting.name(), scalar.value());
            } else if (node instanceof Items items && setting.kind() == Setting.Kind.TEXTS) {
                values.put(setting.name(), values(setting.name(), items));
            } else if (node != null) {
                values.put(setting.name(), node.kind());
            }
        }
        return section("", declared, values, reader);
    }

    /** Refuses names at the top or in a group that the file does not have. */
    void refuseUnknownNames(String path, Group group) {
        Set<String> known = new TreeSet<>(ExperimentDeclaration.names(path));
        group.entries().keySet().stream().filter(name -> !known.contains(name)).forEach(name -> {
            String here = path.isEmpty() ? name : path + "." + name;
            faults.fault(here, here + " is unknown; known are " + known
                    + Spelling.nearest(name, known).map(near -> "; did you mean '" + near + "'?").orElse(""));
        });
    }

    /** Reads the sets of one kind, each with a name that settings use. */
    <T> Map<String, T> named(String kind, SettingsDeclaration declared, BiFunction<String, Settings, T> reader) {
        Map<String, T> sets = new LinkedHashMap<>();
        YamlNode node = root.get(kind);
        if (node == null) {
            return sets;
        }
        if (!(node instanceof Group group)) {
            faults.fault(kind, kind + " must be a group of named sets, but is " + node.kind());
            return sets;
        }
        for (String name : group.entries().keySet()) {
            String path = kind + "." + name;
            if (!name.matches("[A-Za-z0-9_-]+")) {
                faults.fault(path, path + ": '" + name + "' is an invalid name of a set; use letters, digits, '_' and '-'");
                continue;
            }
            group(path).flatMap(values -> section(path, declared, values, settings -> reader.apply(path, settings)))
                    .ifPresent(set -> sets.put(name, set));
        }
        return sets;
    }

    /** Reads a group of settings, if it is given. */
    <T> Optional<T> optional(String name, SettingsDeclaration declared, Function<Settings, T> reader) {
        return group(name).flatMap(values -> section(name, declared, values, reader));
    }

    /**
     * Reads a group of settings, if it is given, in whose place one value may stand.
     *
     * @param only the setting that a single value is of
     */
    <T> Optional<T> optional(String name, String only, SettingsDeclaration declared, Function<Settings, T> reader) {
        return root.get(name) instanceof Scalar scalar && scalar.value() != null
                ? section(name, declared, Map.of(only, scalar.value()), reader)
                : optional(name, declared, reader);
    }

    /**
     * Reads a group of settings, which must be given.
     *
     * @param what content of the group, for messages
     */
    <T> Optional<T> required(String name, String what, SettingsDeclaration declared, Function<Settings, T> reader) {
        if (root.get(name) == null) {
            faults.fault(name, name + " is missing; it says " + what);
            return Optional.empty();
        }
        return optional(name, declared, reader);
    }

    ComponentDescription partOr(String name, ComponentDescription byDefault) {
        return root.get(name) == null ? byDefault : part(name, root.get(name), "");
    }

    List<ComponentDescription> partsOr(String name, List<ComponentDescription> byDefault) {
        return root.get(name) == null ? byDefault : parts(name, root.get(name));
    }

    ComponentDescription requiredPart(String name, String what) {
        return part(name, root.get(name), what);
    }

    List<ComponentDescription> parts(String path, @Nullable YamlNode node) {
        if (node == null) {
            return List.of();
        }
        if (!(node instanceof Items items)) {
            faults.fault(path, path + " must be a list of parts, but is " + node.kind());
            return List.of();
        }
        List<ComponentDescription> parts = new ArrayList<>();
        for (int i = 0; i < items.nodes().size(); i++) {
            parts.add(part(path + "[" + i + "]", items.nodes().get(i), ""));
        }
        return parts;
    }

    ComponentDescription part(String path, @Nullable YamlNode node, String what) {
        if (node == null) {
            faults.fault(path, path + " is missing; it says " + what);
            return NONE;
        }
        if (!(node instanceof Group group)) {
            faults.fault(path, path + " must be a group of a type and its settings, but is " + node.kind());
            return NONE;
        }
        if (!(group.get(TYPE) instanceof Scalar type) || type.value() == null) {
            faults.fault(path, path + ".type is missing; it names the kind of part");
            return NONE;
        }
        Map<String, Object> settings = new LinkedHashMap<>();
        flatten(path, "", group, settings);
        settings.remove(TYPE);
        ExperimentDeclaration.ports(path).forEach(port -> resolveFiles(path, "", port, type.text(), settings));
        return new ComponentDescription(type.text(), settings);
    }

    /**
     * Resolves the files that a part, or a part within it, names.
     *
     * @param prefix the part's place among the settings, with a dot at its end; empty for the part itself
     */
    private void resolveFiles(String path, String prefix, Class<?> port, String type, Map<String, Object> settings) {
        if (!components.types(port).contains(type)) {
            return;
        }
        for (Setting setting : components.settings(port, type).settings()) {
            String name = prefix + setting.name();
            if (setting.kind() == Setting.Kind.FILE) {
                settings.computeIfPresent(name, (key, text) -> resolved(path, name, text.toString()));
            } else if (setting.kind() == Setting.Kind.COMPONENT && settings.containsKey(name + "." + TYPE)) {
                resolveFiles(path, name + ".", setting.port().orElseThrow(), settings.get(name + "." + TYPE).toString(), settings);
            }
        }
    }

    private String resolved(String path, String name, String text) {
        try {
            return resolve(path + "." + name, path + "." + name, text).toString();
        } catch (InvalidSettingException e) {
            faults.fault(path + "." + name, e.getMessage());
            return text;
        }
    }

    private void flatten(String path, String prefix, Group group, Map<String, Object> settings) {
        group.entries().forEach((name, entry) -> {
            String full = prefix + name;
            String here = path + "." + full;
            if (entry.value() instanceof Group inner) {
                flatten(path, full + ".", inner, settings);
            } else if (entry.value() instanceof Items items) {
                flatten(path, full, items, settings);
            } else if (entry.value() instanceof Scalar scalar && scalar.value() != null) {
                settings.put(full, scalar.value());
            } else {
                faults.fault(here, here + " has no value; give it one or remove the line");
            }
        });
    }

    /** Names the settings of groups in a list, which are parts within a part, by their index: {@code name.0.type}. */
    private void flatten(String path, String full, Items items, Map<String, Object> settings) {
        boolean parts = !items.nodes().isEmpty() && items.nodes().stream().allMatch(Group.class::isInstance);
        if (!parts) {
            settings.put(full, values(path + "." + full, items));
            return;
        }
        for (int i = 0; i < items.nodes().size(); i++) {
            flatten(path, full + "." + i + ".", (Group) items.nodes().get(i), settings);
        }
    }

    private List<Object> values(String path, Items items) {
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < items.nodes().size(); i++) {
            if (items.nodes().get(i) instanceof Scalar scalar && scalar.value() != null) {
                values.add(scalar.value());
            } else {
                String here = path + "[" + i + "]";
                faults.fault(here, here + " must be a single value, but is " + items.nodes().get(i).kind());
            }
        }
        return List.copyOf(values);
    }

    /** Returns the settings of a group by its path, if it is given. */
    private Optional<Map<String, Object>> group(String path) {
        YamlNode node = node(path);
        if (node == null) {
            return Optional.empty();
        }
        if (!(node instanceof Group group)) {
            faults.fault(path, path + " must be a group of settings, but is " + node.kind());
            return Optional.empty();
        }
        Map<String, Object> settings = new LinkedHashMap<>();
        flatten(path, "", group, settings);
        return Optional.of(settings);
    }

    private <T> Optional<T> section(
            String path, SettingsDeclaration declared, Map<String, Object> values, Function<Settings, T> reader) {
        try {
            return Optional.of(declared.read(path, values, reader));
        } catch (ComponentException e) {
            e.faults().forEach(fault -> faults.fault(fault.path(), fault.message()));
            return Optional.empty();
        }
    }

    /** Returns the path or address of a setting, if it is given. */
    Optional<StoragePlace> optionalPlace(String path, Settings settings, String name) {
        if (!settings.has(name)) {
            return Optional.empty();
        }
        String text = settings.string(name);
        return Optional.of(Storage.isAddress(text) ? address(name, text) : StoragePlace.at(file(path, settings, name)));
    }

    static StoragePlace address(String name, String text) {
        StoragePlace place = new StoragePlace(text);
        try {
            place.check();
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingException(name, e.getMessage());
        }
        return place;
    }

    Optional<Path> optionalFile(String path, Settings settings, String name) {
        return settings.has(name) ? Optional.of(file(path, settings, name)) : Optional.empty();
    }

    Path file(String path, Settings settings, String name) {
        return resolve(path + "." + name, name, settings.string(name));
    }

    /** Resolves a path against the folder of the file that gives it. */
    Path resolve(String path, String name, String text) {
        if (Storage.isAddress(text)) {
            throw new InvalidSettingException(name, "'" + text + "' is an address; give a path of this machine");
        }
        try {
            return node(path) instanceof Scalar scalar ? scalar.folder().resolve(text).normalize() : NO_PATH;
        } catch (InvalidPathException e) {
            throw new InvalidSettingException(name, "'" + text + "' is not a valid path on this system (" + e.getReason() + ")");
        }
    }

    @Nullable YamlNode node(String path) {
        YamlNode node = root;
        for (Object step : KeyPath.parse(path).map(KeyPath::steps).orElse(List.of())) {
            if (step instanceof Integer index) {
                node = node instanceof Items items && index < items.nodes().size() ? items.nodes().get(index) : null;
            } else {
                node = node instanceof Group group ? group.get(step.toString()) : null;
            }
        }
        return node;
    }
}
