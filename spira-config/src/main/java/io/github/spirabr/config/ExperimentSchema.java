package io.github.spirabr.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.spirabr.core.component.Components;
import io.github.spirabr.core.component.SettingsDeclaration;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The JSON Schema (draft 2020-12) of experiment files, for editors that complete and check them. It is made from the
 * declarations of the file's sections and of all parts, so that a part that comes with another jar is in it as well. It knows
 * names, kinds of values, ranges, choices and meanings; {@link ExperimentFile#read()} checks whether files exist, parts fit
 * together, and everything that is needed is given.
 *
 * <p>A file may be the base of others, or extend one: therefore nothing must be given but the settings of parts in lists, and
 * an empty value removes a setting. The type of a part may be one of a jar that is not on the class path; its settings are
 * not checked then, if they stand beside the type. A name may be a path, such as {@code
 * preprocessing.augment[0].perControl}.
 */
public final class ExperimentSchema {

    private static final String DEFINITIONS = "$defs";
    private static final String LAYER = "extension";

    private final Components components;
    private final SchemaWriter writer = new SchemaWriter(new SchemaWriter.Definitions() {
        @Override
        public ObjectNode of(SchemaTree.Part part, boolean layer) {
            return define(part, layer);
        }

        @Override
        public Map<String, SchemaTree> types(SchemaTree.Part part) {
            return typesOf(part);
        }
    });
    private final Map<SchemaTree.Part, Map<String, SchemaTree>> known = new HashMap<>();
    private final Map<String, ObjectNode> definitions = new TreeMap<>();

    private ExperimentSchema(Components components) {
        this.components = components;
    }

    /** For all components of the class path. */
    public static String text() {
        return text(Components.discover());
    }

    /** The settings of the file itself by the paths of its sections; those at the top have an empty path. */
    public static Map<String, SettingsDeclaration> sections() {
        Map<String, SettingsDeclaration> sections = new LinkedHashMap<>();
        sections.put("", ExperimentDeclaration.TOP);
        ExperimentDeclaration.SECTIONS.forEach(one -> sections.put(one.path(), one.settings()));
        return Collections.unmodifiableMap(sections);
    }

    /** For these components; the same ones give the same text. */
    public static String text(Components components) {
        ObjectNode schema = new ExperimentSchema(components).schema();
        try {
            return new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(schema);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of JSON is always written", e);
        }
    }

    private ObjectNode schema() {
        SchemaTree tree = new SchemaTree();
        tree.add("", ExperimentDeclaration.TOP);
        ExperimentDeclaration.SECTIONS.forEach(tree::addSection);
        ExperimentDeclaration.PARTS.forEach(tree::addPart);
        definitions.putAll(SchemaWriter.scalars());
        ObjectNode schema = SchemaWriter.node();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", "An experiment of SPIRA");
        schema.setAll(writer.object(tree, true));
        ((ArrayNode) schema.get("properties").get("target").get("anyOf")).add(SchemaWriter.reference("text"));
        ((ObjectNode) schema.get("properties")).set(ExperimentFile.EXTENDS, SchemaWriter.extended());
        ObjectNode all = schema.putObject(DEFINITIONS);
        definitions.forEach(all::set);
        return schema;
    }

    /** A reference to the definition of all parts of some ports, which is made if it is not there yet. */
    private ObjectNode define(SchemaTree.Part part, boolean layer) {
        String name = part.ports().stream().map(Class::getSimpleName).collect(Collectors.joining("-"))
                + (part.listed() ? "-listed" : "");
        String definition = layer ? name + "." + LAYER : name;
        if (definitions.containsKey(definition)) {
            return SchemaWriter.reference(definition);
        }
        definitions.put(definition, SchemaWriter.node());
        Map<String, SchemaTree> types = typesOf(part);
        ObjectNode made = SchemaWriter.node();
        made.put("type", "object");
        made.putObject("properties").set("type", SchemaWriter.type(types.keySet()));
        ArrayNode rules = JsonNodeFactory.instance.arrayNode();
        types.forEach((type, settings) -> {
            String ofType = name + "." + type + (layer ? "." + LAYER : "");
            definitions.put(ofType, writer.object(settings, layer));
            rules.add(SchemaWriter.whenTypeIs(type, SchemaWriter.reference(ofType)));
        });
        if (layer) {
            if (!types.isEmpty()) {
                rules.add(SchemaWriter.whenTypeIsMissing(writer.anyOf(List.copyOf(types.values()))));
            }
        } else {
            made.set("required", SchemaWriter.texts(List.of("type")));
        }
        if (!rules.isEmpty()) {
            made.set("allOf", rules);
        }
        definitions.put(definition, made);
        return SchemaWriter.reference(definition);
    }

    private Map<String, SchemaTree> typesOf(SchemaTree.Part part) {
        return known.computeIfAbsent(part, unseen -> {
            Map<String, SchemaTree> types = new LinkedHashMap<>();
            for (Class<?> port : part.ports()) {
                for (String type : components.types(port)) {
                    types.put(type, settings(components.settings(port, type)));
                }
            }
            if (part.listed()) {
                types.put(ExperimentReader.LISTED, settings(SettingsDeclaration.of()));
            }
            return types;
        });
    }

    private static SchemaTree settings(SettingsDeclaration declared) {
        SchemaTree tree = new SchemaTree();
        tree.add("", declared);
        tree.allowType();
        return tree;
    }
}
