package io.github.spirabr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.spirabr.config.ExperimentSchema;
import io.github.spirabr.core.evaluation.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/**
 * The pages of docs/reference are what the code says. {@code mvn test -pl spira-cli -am -Dtest=ReferenceTest
 * -Dsurefire.failIfNoSpecifiedTests=false -Dspira.reference=write} writes them anew.
 */
class ReferenceTest {

    private static final Path FOLDER = Path.of("docs/reference");

    private static void assertPage(String name, String content) throws IOException {
        Path page = FOLDER.resolve(name);
        if ("write".equals(System.getProperty("spira.reference"))) {
            Files.createDirectories(FOLDER);
            Files.writeString(page, content);
        }
        assertThat(page).content().as("docs/reference/" + name + "; ReferenceTest says how to write it anew")
                .isEqualToNormalizingNewlines(content);
    }

    @Test
    void commands() throws IOException {
        StringBuilder page = new StringBuilder("""
                # Reference: commands

                The help of every command, written by `ReferenceTest`. [The command line](../command-line.md) explains them.
                """);
        append(page, Spira.commandLine());
        assertPage("commands.md", page.toString());
    }

    private static void append(StringBuilder page, CommandLine command) {
        String help = command.getUsageMessage(CommandLine.Help.Ansi.OFF).stripTrailing().replaceAll("(?m)[ \t]+$", "");
        page.append("\n## `").append(command.getCommandSpec().qualifiedName()).append("`\n\n```text\n").append(help).append("\n```\n");
        Set<CommandLine> seen = new HashSet<>();
        for (CommandLine sub : command.getSubcommands().values()) {
            if (seen.add(sub) && !Set.of("help", "generate-completion").contains(sub.getCommandName())) {
                append(page, sub);
            }
        }
    }

    @Test
    void parts() throws IOException {
        JsonNode definitions = new ObjectMapper().readTree(ExperimentSchema.text()).get("$defs");
        SortedMap<String, SortedMap<String, JsonNode>> ports = new TreeMap<>();
        for (Map.Entry<String, JsonNode> definition : definitions.properties()) {
            String[] name = definition.getKey().split("\\.");
            if (name.length == 2 && !name[1].equals("extension")) {
                ports.computeIfAbsent(name[0].replaceFirst("-.*", ""), any -> new TreeMap<>()).put(name[1], definition.getValue());
            }
        }
        StringBuilder page = new StringBuilder("""
                # Reference: parts of an experiment

                Every type that an experiment file can name, with its settings, written by `ReferenceTest` from the JSON Schema that
                `spira schema` prints. [Experiment files](../configuration.md) says where each goes; what a setting means, and its
                range, is in the Javadoc of the type.
                """);
        ports.forEach((port, types) -> {
            page.append("\n## ").append(port).append('\n');
            types.forEach((type, definition) -> {
                page.append("\n### `").append(type).append("`\n\n");
                List<String> rows = new ArrayList<>();
                rows(definition, "", definitions, rows);
                if (rows.isEmpty()) {
                    page.append("No settings.\n");
                } else {
                    page.append("| Setting | Kind | Default |\n|---|---|---|\n");
                    rows.forEach(row -> page.append(row).append('\n'));
                }
            });
        });
        assertPage("parts.md", page.toString());
    }

    private static void rows(JsonNode object, String path, JsonNode definitions, List<String> rows) {
        Set<String> needed = new HashSet<>();
        object.path("required").forEach(name -> needed.add(name.asText()));
        for (Map.Entry<String, JsonNode> property : object.path("properties").properties()) {
            JsonNode value = property.getValue();
            String name = path + property.getKey();
            if (property.getKey().equals("type")) {
                continue;
            }
            if (value.has("properties")) {
                rows(value, name + ".", definitions, rows);
                continue;
            }
            String standard = value.has("default")
                    ? '`' + (value.get("default").isTextual() ? value.get("default").asText() : value.get("default").toString()) + '`'
                    : needed.contains(property.getKey()) ? "needed" : "";
            rows.add("| `" + name + "` | " + kind(value) + " | " + standard + " |");
        }
    }

    private static String kind(JsonNode value) {
        String reference = value.path("$ref").asText();
        if (!reference.isEmpty()) {
            String name = reference.substring(reference.lastIndexOf('/') + 1).replaceFirst("-U.*", "");
            return switch (name) {
                case "truth" -> "true or false";
                case "long-integer" -> "integer";
                default -> name;
            };
        }
        if (value.has("enum")) {
            List<String> names = new ArrayList<>();
            value.get("enum").forEach(one -> names.add('`' + one.asText() + '`'));
            return String.join(", ", names);
        }
        if (value.path("type").asText().equals("array")) {
            return "list of " + kind(value.path("items"));
        }
        for (JsonNode one : value.path("anyOf")) {
            String kind = kind(one);
            if (!kind.isEmpty() && !one.has("pattern")) {
                return kind;
            }
        }
        return value.path("type").asText();
    }

    @Test
    void figures() throws IOException {
        String page = Files.readString(Path.of("docs/evaluation.md")).toLowerCase(Locale.ROOT);
        for (Metric metric : Metric.values()) {
            assertThat(page).contains("| " + metric.name().toLowerCase(Locale.ROOT).replace('_', ' '));
        }
    }
}
