package io.github.spirabr.config;

import io.github.spirabr.config.YamlNode.Group;
import io.github.spirabr.config.YamlNode.Items;
import io.github.spirabr.config.YamlNode.Scalar;
import io.github.spirabr.core.component.ComponentException;
import io.github.spirabr.core.component.Settings;
import io.github.spirabr.core.component.SettingsDeclaration;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The sections of a file, and the single values at its top, read by what declares their settings.
 *
 * @param faults receives all faults, at their places
 */
record YamlSections(Group root, List<ExperimentFault> faults) {

    /** Reads a file that must be a group of settings; all faults are reported at once. */
    static <T> T read(
            Path file, Map<String, String> environment, String kind, String example,
            BiFunction<Group, List<ExperimentFault>, T> reader) {
        List<ExperimentFault> faults = new ArrayList<>();
        Optional<YamlNode> node = YamlFile.read(file, file.toString(),
                        sentence -> faults.add(ExperimentFault.at(new Position(file.toString(), 0, 0), "", sentence)))
                .flatMap(text -> new YamlReader(
                        file.toString(), file.toAbsolutePath().resolveSibling(""), environment, true, faults).read(text));
        if (node.isPresent() && node.get() instanceof Group root && faults.isEmpty()) {
            T read = reader.apply(root, faults);
            if (faults.isEmpty()) {
                return read;
            }
        } else if (faults.isEmpty()) {
            faults.add(ExperimentFault.at(new Position(file.toString(), 1, 1), "", kind + " must be a group of settings such as '"
                    + example + ":', but is " + node.map(YamlNode::kind).orElse("empty")));
        }
        throw new InvalidExperimentException(file.toString(), faults);
    }

    /** Reads the single values at the top of the file. */
    <T> Optional<T> top(SettingsDeclaration declared, Function<Settings, T> reader) {
        Map<String, Object> values = new LinkedHashMap<>();
        declared.settings().forEach(setting -> {
            YamlNode node = root.get(setting.name());
            if (node != null) {
                values.put(setting.name(), node instanceof Scalar scalar ? scalar.value()
                        : node instanceof Items items ? singles(items) : node.kind());
            }
        });
        return read("", declared, values, reader);
    }

    /** Reads a section; empty if it is not there, or is faulty. */
    <T> Optional<T> section(String name, SettingsDeclaration declared, Function<Settings, T> reader) {
        YamlNode node = root.get(name);
        return node == null ? Optional.empty() : section(name, node, declared, reader);
    }

    /** Reads a group that stands at a path. */
    <T> Optional<T> section(String path, YamlNode node, SettingsDeclaration declared, Function<Settings, T> reader) {
        if (!(node instanceof Group group)) {
            fault(path, path + " must be a group of settings, but is " + node.kind());
            return Optional.empty();
        }
        Map<String, Object> values = new LinkedHashMap<>();
        flatten(path, "", group, values);
        return read(path, declared, values, reader);
    }

    private <T> Optional<T> read(
            String path, SettingsDeclaration declared, Map<String, Object> values, Function<Settings, T> reader) {
        try {
            return Optional.of(declared.read(path, values, reader));
        } catch (ComponentException e) {
            e.faults().forEach(one -> fault(one.path().isEmpty() ? path : one.path(), one.message()));
        }
        return Optional.empty();
    }

    private void flatten(String path, String prefix, Group group, Map<String, Object> values) {
        group.entries().forEach((name, entry) -> {
            String full = prefix + name;
            if (entry.value() instanceof Group inner) {
                flatten(path, full + ".", inner, values);
            } else if (entry.value() instanceof Items items) {
                for (int i = 0; i < items.nodes().size(); i++) {
                    if (items.nodes().get(i) instanceof Group inner) {
                        flatten(path, full + "." + i + ".", inner, values);
                    }
                }
                List<Object> singles = singles(items);
                if (!singles.isEmpty()) {
                    values.put(full, singles);
                }
            } else if (entry.value() instanceof Scalar scalar && scalar.value() != null) {
                values.put(full, scalar.value());
            } else {
                fault(path + "." + full, path + "." + full + " has no value; give it one or remove the line");
            }
        });
    }

    private static List<Object> singles(Items items) {
        List<Object> singles = new ArrayList<>();
        items.nodes().forEach(node -> {
            if (node instanceof Scalar scalar && scalar.value() != null) {
                singles.add(scalar.value());
            }
        });
        return singles;
    }

    /** Reports a fault at the setting of a path, or at the nearest group around it. */
    void fault(String path, String sentence) {
        Position at = root.at();
        YamlNode node = root;
        for (Object step : KeyPath.parse(path).map(KeyPath::steps).orElse(List.of())) {
            YamlNode.Entry entry = node instanceof Group group ? group.entries().get(step.toString()) : null;
            if (entry == null) {
                break;
            }
            at = entry.nameAt();
            node = entry.value();
        }
        faults.add(ExperimentFault.at(at, path, sentence));
    }
}
