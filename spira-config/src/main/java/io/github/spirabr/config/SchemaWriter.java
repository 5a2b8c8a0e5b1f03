package io.github.spirabr.config;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.spirabr.core.component.Setting;
import io.github.spirabr.core.component.SettingsDeclaration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** Writes trees of settings as JSON Schema. */
final class SchemaWriter {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    /** Pattern of a text with an environment variable, whose value is unknown. */
    private static final String VARIABLE = "\\$\\{";
    /** Pattern of a number that is written as text; parsers differ in what they read as a number, such as 1e-3. */
    private static final String NUMBER_AS_TEXT = "^[-+]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][-+]?\\d+)?$|" + VARIABLE;
    /** A name that is a path. */
    private static final String PATH = "[.\\[]";

    /** The definitions of parts. */
    interface Definitions {

        /** Returns a reference to the definition of a part. */
        ObjectNode of(SchemaTree.Part part, boolean layer);

        /** Returns the settings of each type of a part. */
        Map<String, SchemaTree> types(SchemaTree.Part part);
    }

    private final Definitions definitions;

    SchemaWriter(Definitions definitions) {
        this.definitions = definitions;
    }

    static ObjectNode node() {
        return NODES.objectNode();
    }

    /**
     * Returns the schema of a group.
     *
     * @param layer whether nothing must be given, and an empty value removes what is given elsewhere
     */
    ObjectNode object(SchemaTree tree, boolean layer) {
        SchemaTree each = tree.children.get(SchemaTree.ANY_NAME);
        if (each != null) {
            return eachOf(each, layer);
        }
        ObjectNode object = node().put("type", "object");
        ObjectNode properties = object.putObject("properties");
        List<String> needed = new ArrayList<>();
        tree.children.forEach((name, child) -> {
            ObjectNode value = value(child, layer);
            properties.set(name, layer ? orEmpty(value) : value);
            if (child.needed) {
                needed.add(name);
            }
        });
        Map<String, Set<ObjectNode>> paths = paths(List.of(tree), layer);
        putPaths(object, paths);
        object.put("additionalProperties", false);
        ArrayNode rules = NODES.arrayNode();
        if (!layer && !needed.isEmpty()) {
            if (paths.isEmpty()) {
                object.set("required", texts(needed));
            } else {
                rules.add(rule(noPaths(), required(needed)));
            }
        }
        tree.dependent.forEach(setting -> dependence(setting, Objects.requireNonNull(tree.declaration), layer, rules));
        if (!rules.isEmpty()) {
            object.set("allOf", rules);
        }
        return object;
    }

    /** Settings of any of these types; each may have what it has in one of them. */
    ObjectNode anyOf(List<SchemaTree> types) {
        Map<String, Set<ObjectNode>> values = new LinkedHashMap<>();
        for (SchemaTree type : types) {
            type.children.forEach((name, child) -> {
                values.computeIfAbsent(name, unseen -> new LinkedHashSet<>()).add(value(child, true));
            });
        }
        ObjectNode object = node();
        ObjectNode properties = object.putObject("properties");
        values.forEach((name, all) -> properties.set(name, anyOrEmpty(all)));
        putPaths(object, paths(types, true));
        return object.put("additionalProperties", false);
    }

    private static ObjectNode anyOrEmpty(Set<ObjectNode> values) {
        ArrayNode any = NODES.arrayNode().add(node().put("type", "null"));
        values.forEach(any::add);
        return node().set("anyOf", any);
    }

    private static void putPaths(ObjectNode object, Map<String, Set<ObjectNode>> paths) {
        if (!paths.isEmpty()) {
            ObjectNode patterns = object.putObject("patternProperties");
            paths.forEach((path, values) -> patterns.set("^" + path + "$", anyOrEmpty(values)));
        }
    }

    /** Returns the patterns of names that are paths into groups and parts, with the schemas of their values. */
    private Map<String, Set<ObjectNode>> paths(Collection<SchemaTree> trees, boolean layer) {
        Map<String, Set<ObjectNode>> paths = new LinkedHashMap<>();
        trees.forEach(tree -> tree.children.forEach((name, child) -> addPaths(step(name), child, layer, 0, paths)));
        return paths;
    }

    private void addPaths(
            String path, SchemaTree tree, boolean layer, int parts, Map<String, Set<ObjectNode>> paths) {
        tree.children.forEach((name, child) -> addPath(path + "\\." + step(name), child, layer, parts, paths));
        if (tree.part == null) {
            return;
        }
        String inside = path;
        if (tree.part.list()) {
            inside = path + "\\[\\d+\\]";
            add(inside, definitions.of(tree.part, true), paths);
        }
        if (parts > 0) {
            add(inside + PATH + ".*", node(), paths);
            return;
        }
        Map<String, SchemaTree> types = definitions.types(tree.part);
        for (SchemaTree type : types.values()) {
            for (Map.Entry<String, SchemaTree> one : type.children.entrySet()) {
                String name = inside + "\\." + step(one.getKey());
                if (one.getKey().equals(SchemaTree.TYPE)) {
                    add(name, type(types.keySet()), paths);
                } else {
                    addPath(name, one.getValue(), layer, parts + 1, paths);
                }
            }
        }
    }

    private void addPath(String path, SchemaTree tree, boolean layer, int parts, Map<String, Set<ObjectNode>> paths) {
        add(path, tree.isGroup() ? node().put("type", "object") : value(tree, layer), paths);
        addPaths(path, tree, layer, parts, paths);
    }

    private static void add(String path, ObjectNode value, Map<String, Set<ObjectNode>> paths) {
        paths.computeIfAbsent(path, unseen -> new LinkedHashSet<>()).add(value);
    }

    private static String step(String name) {
        return name.equals(SchemaTree.ANY_NAME) ? "[^.\\[]+" : name;
    }

    private ObjectNode eachOf(SchemaTree each, boolean layer) {
        ObjectNode value = value(each, layer);
        ObjectNode group = node().put("type", "object");
        group.set("additionalProperties", layer ? orEmpty(value) : value);
        if (!each.children.containsKey(SchemaTree.TYPE)) {
            return group;
        }
        ObjectNode list = node().put("type", "array");
        list.set("items", value(each, false));
        return node().set("anyOf", NODES.arrayNode().add(group).add(list));
    }

    private ObjectNode value(SchemaTree tree, boolean layer) {
        ObjectNode value;
        if (tree.part != null && tree.part.list()) {
            value = node().put("type", "array");
            value.set("items", definitions.of(tree.part, false));
        } else if (tree.part != null) {
            value = definitions.of(tree.part, layer);
        } else if (tree.setting != null) {
            value = value(tree.setting);
        } else {
            value = tree.isGroup() ? object(tree, layer) : node();
        }
        if (!tree.meaning.isEmpty()) {
            value.put("description", description(tree));
        }
        return value;
    }

    /** The meaning with the unit and, where it is no value, the default. */
    private static String description(SchemaTree tree) {
        Setting setting = tree.setting;
        return tree.meaning + (setting == null ? "" : (setting.unit().isEmpty() ? "" : " Unit: " + setting.unit() + ".")
                + setting.whenMissing().map(words -> " Default: " + words + ".").orElse(""));
    }

    private static ObjectNode value(Setting setting) {
        ObjectNode value = switch (setting.kind()) {
            case TEXT, FILE, BOUND -> reference("text");
            case TRUTH -> reference("truth");
            case INTEGER, LONG_INTEGER, NUMBER, SECONDS -> number(setting);
            case CHOICE -> choice(setting.choices());
            case INTEGERS, NUMBERS -> list(number(setting));
            case TEXTS -> list(reference("text"));
            case COMPONENTS, COMPONENT -> node();
        };
        setting.byDefault().ifPresent(byDefault -> value.putPOJO("default", byDefault));
        return value;
    }

    /** A number within its range, or in whose place a word may stand. */
    private static ObjectNode number(Setting setting) {
        String kind = switch (setting.kind()) {
            case INTEGER, INTEGERS -> "integer";
            case LONG_INTEGER -> "long-integer";
            default -> "number";
        };
        if (setting.range().isEmpty() && setting.choices().isEmpty()) {
            return reference(kind);
        }
        ObjectNode number = node().put("type", kind.equals("number") ? kind : "integer");
        if (kind.equals("integer")) {
            number.put("minimum", Integer.MIN_VALUE).put("maximum", Integer.MAX_VALUE);
        }
        setting.range().ifPresent(range -> putRange(number, range));
        ObjectNode either = number(number);
        if (!setting.choices().isEmpty()) {
            ((ArrayNode) either.get("anyOf")).add(node().set("enum", texts(setting.choices())));
        }
        return either;
    }

    private static void putRange(ObjectNode number, Setting.Range range) {
        if (range.least() != Double.NEGATIVE_INFINITY) {
            number.remove("minimum");
            number.put(range.leastIncluded() ? "minimum" : "exclusiveMinimum", range.least());
        }
        if (range.most() != Double.POSITIVE_INFINITY) {
            number.remove("maximum");
            number.put(range.mostIncluded() ? "maximum" : "exclusiveMaximum", range.most());
        }
    }

    /** One of these texts. */
    private static ObjectNode choice(List<String> choices) {
        return either(node().set("enum", texts(choices)), node().put("pattern", VARIABLE));
    }

    /** One of these types, or one of a jar that is not on the class path. */
    static ObjectNode type(Collection<String> types) {
        ObjectNode any = node().put("type", "string").put("description", "Type of the part.");
        return types.isEmpty() ? any
                : node().set("anyOf", NODES.arrayNode().add(node().set("enum", texts(types))).add(any));
    }

    /** The path of another file. */
    static ObjectNode extended() {
        return node().put("type", "string").put("description", "File whose settings this one extends and overrides.");
    }

    /** Returns the definitions of single values, by kind. */
    static Map<String, ObjectNode> scalars() {
        return Map.of(
                "text", text(),
                "truth", either(node().put("type", "boolean"), node().put("pattern", "^(true|false)$|" + VARIABLE)),
                "integer", number(node().put("type", "integer")
                        .put("minimum", Integer.MIN_VALUE).put("maximum", Integer.MAX_VALUE)),
                "long-integer", number(node().put("type", "integer")
                        .put("minimum", Long.MIN_VALUE).put("maximum", Long.MAX_VALUE)),
                "number", number(node().put("type", "number")));
    }

    static ObjectNode reference(String definition) {
        return node().put("$ref", "#/$defs/" + definition);
    }

    private static ObjectNode text() {
        return node().set("type", texts(List.of("string", "number", "boolean")));
    }

    private static ObjectNode number(ObjectNode number) {
        return either(number, node().put("pattern", NUMBER_AS_TEXT));
    }

    private static ObjectNode either(ObjectNode value, ObjectNode asText) {
        asText.put("type", "string");
        return node().set("anyOf", NODES.arrayNode().add(value).add(asText));
    }

    /** A list may be one text as well, with commas between its items. */
    private static ObjectNode list(ObjectNode items) {
        ObjectNode list = node().put("type", "array");
        list.set("items", items);
        return node().set("anyOf", NODES.arrayNode().add(list).add(reference("text")));
    }

    private static ObjectNode orEmpty(ObjectNode value) {
        return node().set("anyOf", NODES.arrayNode().add(node().put("type", "null")).add(value));
    }

    /** Adds the rules of a setting that is allowed under conditions only. */
    private static void dependence(Setting setting, SettingsDeclaration declaration, boolean layer, ArrayNode rules) {
        ArrayNode all = NODES.arrayNode();
        setting.conditions().forEach((name, values) -> {
            Setting other = declaration.settings().stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
            boolean byDefault = other.byDefault().filter(usual -> values.contains(usual.toString())).isPresent();
            Set<String> others = new TreeSet<>(
                    other.kind() == Setting.Kind.TRUTH ? List.of("true", "false") : other.choices());
            others.removeAll(values);
            all.add(valued(name.split("\\."), 0, values, byDefault));
            rules.add(rule(
                    valued(name.split("\\."), 0, others, !layer && !byDefault), below(setting.name().split("\\."), 0)));
        });
        if (setting.isRequired() && !layer) {
            rules.add(rule(node().set("allOf", all), given(setting.name().split("\\."), 0)));
        }
    }

    private static ObjectNode valued(String[] steps, int step, Set<String> values, boolean orMissing) {
        if (step == steps.length) {
            ArrayNode possible = texts(new TreeSet<>(values));
            values.stream().filter(value -> value.equals("true") || value.equals("false")).sorted()
                    .forEach(value -> possible.add(Boolean.parseBoolean(value)));
            return node().set("enum", possible);
        }
        ObjectNode object = orMissing ? node() : required(List.of(steps[step]));
        object.putObject("properties").set(steps[step], valued(steps, step + 1, values, orMissing));
        return object;
    }

    /** Refuses a setting. */
    private static ObjectNode below(String[] steps, int step) {
        ObjectNode object = node();
        ObjectNode properties = object.putObject("properties");
        if (step == steps.length - 1) {
            properties.put(steps[step], false);
        } else {
            properties.set(steps[step], below(steps, step + 1));
        }
        return object;
    }

    private static ObjectNode given(String[] steps, int step) {
        ObjectNode object = required(List.of(steps[step]));
        if (step < steps.length - 1) {
            object.putObject("properties").set(steps[step], given(steps, step + 1));
        }
        return object;
    }

    private static ObjectNode rule(ObjectNode when, ObjectNode then) {
        ObjectNode rule = node();
        rule.set("if", when);
        rule.set("then", then);
        return rule;
    }

    private static ObjectNode noPaths() {
        return node().set("propertyNames", node().set("not", node().put("pattern", PATH)));
    }

    static ObjectNode whenTypeIs(String type, ObjectNode then) {
        ObjectNode when = required(List.of(SchemaTree.TYPE));
        when.putObject("properties").putObject(SchemaTree.TYPE).put("const", type);
        return rule(when, then);
    }

    static ObjectNode whenTypeIsMissing(ObjectNode then) {
        return rule(node().set("not", required(List.of(SchemaTree.TYPE))), then);
    }

    static ObjectNode required(List<String> names) {
        return node().set("required", texts(names));
    }

    static ArrayNode texts(Collection<String> texts) {
        ArrayNode array = NODES.arrayNode();
        texts.forEach(array::add);
        return array;
    }
}
