package io.github.spirabr.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.spirabr.core.component.Component;
import io.github.spirabr.core.component.Components;
import io.github.spirabr.core.component.SettingsOutline;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The JSON Schema (draft 2020-12) of experiment files, for editors that complete and check them. It is made from what the
 * reader of these files and the providers of all parts ask for, so that a part that comes with another jar is in it as
 * well. It knows names, kinds of values, choices and what must be given; whether a number is in its range, a file is there
 * and parts fit together is told by {@link ExperimentFile#read()}.
 *
 * <p>A file that extends another one must give nothing itself, and may remove a setting by an empty value. A name may be
 * a path, such as {@code preprocessing.augment[0].perControl}.
 */
public final class ExperimentSchema {

    private static final String DEFINITIONS = "$defs";
    private static final String WHOLE = "experiment";
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

    /** For these components; the same ones give the same text. */
    public static String text(Components components) {
        ObjectNode schema = new ExperimentSchema(ExperimentAssembly.withAnyNoises(components)).schema();
        try {
            return new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(schema);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of JSON is always written", e);
        }
    }

    private ObjectNode schema() {
        ExperimentOutline outline = new ExperimentOutline();
        ExperimentReader.describe(outline);
        SchemaTree tree = new SchemaTree();
        outline.sections.forEach((path, all) -> all.forEach(section -> tree.add(path, section)));
        outline.parts.forEach((path, list) -> tree.addPart(path, ports(path), list));
        outline.needed.forEach(tree::need);
        definitions.putAll(SchemaWriter.scalars());
        definitions.put(WHOLE, writer.object(tree, false));
        ObjectNode layer = writer.object(tree, true);
        ((ObjectNode) layer.get("properties")).set(ExperimentFile.EXTENDS, SchemaWriter.extended());
        definitions.put(LAYER, layer);

        ObjectNode schema = SchemaWriter.node();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", "An experiment of SPIRA");
        schema.put("type", "object");
        schema.set("if", SchemaWriter.required(List.of(ExperimentFile.EXTENDS)));
        schema.set("then", SchemaWriter.reference(LAYER));
        schema.set("else", SchemaWriter.reference(WHOLE));
        ObjectNode all = schema.putObject(DEFINITIONS);
        definitions.forEach(all::set);
        return schema;
    }

    private static List<Class<? extends Component>> ports(String path) {
        List<Class<? extends Component>> ports = ExperimentAssembly.PORTS.get(path);
        if (ports == null) {
            throw new IllegalStateException("it is not known what the part " + path + " must implement");
        }
        return ports;
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
        made.putObject("properties").set("type", SchemaWriter.choice(List.copyOf(types.keySet())));
        ArrayNode rules = made.putArray("allOf");
        types.forEach((type, settings) -> {
            String ofType = name + "." + type + (layer ? "." + LAYER : "");
            definitions.put(ofType, writer.object(settings, layer));
            rules.add(SchemaWriter.whenTypeIs(type, SchemaWriter.reference(ofType)));
        });
        if (layer) {
            rules.add(SchemaWriter.whenTypeIsMissing(writer.anyOf(List.copyOf(types.values()))));
        } else {
            made.set("required", SchemaWriter.texts(List.of("type")));
        }
        definitions.put(definition, made);
        return SchemaWriter.reference(definition);
    }

    private Map<String, SchemaTree> typesOf(SchemaTree.Part part) {
        return known.computeIfAbsent(part, unseen -> {
            Map<String, SchemaTree> types = new LinkedHashMap<>();
            for (Class<?> port : part.ports()) {
                for (String type : components.types(port)) {
                    types.put(type, settings(components.outline(port, type)));
                }
            }
            if (part.listed()) {
                types.put(ExperimentReader.LISTED, settings(new SettingsOutline(List.of(), true)));
            }
            return types;
        });
    }

    private static SchemaTree settings(SettingsOutline outline) {
        SchemaTree tree = new SchemaTree();
        tree.add("", outline);
        tree.allowType();
        return tree;
    }
}
