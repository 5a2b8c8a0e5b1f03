package io.github.spirabr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.spirabr.config.ExperimentSchema;
import io.github.spirabr.core.component.Components;
import io.github.spirabr.core.component.Setting;
import io.github.spirabr.core.component.SettingsDeclaration;
import io.github.spirabr.core.evaluation.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
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
        StringBuilder page = new StringBuilder("""
                # Reference: settings of an experiment

                Every setting of an experiment file and of every part that it can name, written by `ReferenceTest` from the
                declarations that the JSON Schema of `spira schema` comes from, too. [Experiment files](../configuration.md) explains
                the sections.
                """);
        ExperimentSchema.sections().forEach((path, settings) ->
                append(page, path.isEmpty() ? "## At the top" : "## `" + path + "`", settings));
        Components components = Components.discover();
        components.ports().forEach(port -> {
            page.append("\n## ").append(port.getSimpleName()).append('\n');
            components.types(port).forEach(type -> append(page, "### `" + type + '`', components.settings(port, type)));
        });
        assertPage("parts.md", page.toString());
    }

    private static void append(StringBuilder page, String heading, SettingsDeclaration declared) {
        page.append('\n').append(heading).append("\n\n");
        if (declared.settings().isEmpty()) {
            page.append("No settings.\n");
            return;
        }
        page.append("| Setting | Kind | Default | Meaning |\n|---|---|---|---|\n");
        declared.settings().forEach(one -> page.append("| `").append(one.name()).append("` | ").append(kind(one)).append(" | ")
                .append(one.byDefault().map(value -> '`' + text(value) + '`').or(one::whenMissing).orElse("needed"))
                .append(" | ").append(one.meaning()).append(conditions(one)).append(" |\n"));
    }

    private static String kind(Setting setting) {
        String choices = setting.choices().stream().map(choice -> '`' + choice + '`').collect(Collectors.joining(", "));
        String range = setting.range().map(one -> ' ' + one.words(setting.unit()))
                .orElse(setting.unit().isEmpty() ? "" : " in " + setting.unit());
        return switch (setting.kind()) {
            case TEXT -> "text";
            case FILE -> "file";
            case TRUTH -> "true or false";
            case INTEGER, LONG_INTEGER -> "integer" + range;
            case NUMBER, SECONDS -> "number" + range + (choices.isEmpty() ? "" : ", or " + choices);
            case CHOICE -> choices;
            case INTEGERS -> "list of integers" + range;
            case NUMBERS -> "list of numbers" + range;
            case TEXTS -> "list of texts";
            case COMPONENTS -> "list of " + setting.port().orElseThrow().getSimpleName();
            case COMPONENT -> setting.port().orElseThrow().getSimpleName();
            case BOUND -> "name of " + setting.port().orElseThrow().getSimpleName();
        };
    }

    private static String text(Object value) {
        return value instanceof Double number && number == Math.rint(number) ? String.valueOf(number.longValue()) : value.toString();
    }

    private static String conditions(Setting setting) {
        return setting.conditions().entrySet().stream()
                .map(one -> " Only for `" + one.getKey() + "` " + one.getValue().stream().map(value -> '`' + value + '`')
                        .collect(Collectors.joining(" or ")) + '.')
                .collect(Collectors.joining());
    }

    @Test
    void everySettingHasAMeaning() {
        Map<String, SettingsDeclaration> all = new LinkedHashMap<>(ExperimentSchema.sections());
        Components components = Components.discover();
        components.ports().forEach(port -> components.types(port).forEach(type ->
                all.put(port.getSimpleName() + " " + type, components.settings(port, type))));
        assertThat(all).hasSizeGreaterThan(30);
        all.forEach((name, declared) -> assertThat(declared.settings()).as(name).allSatisfy(
                setting -> assertThat(setting.meaning()).as(setting.name()).matches("[A-Z].{8,}\\.")));
    }

    @Test
    void everySettingHasAMeaningInTheSchema() throws IOException {
        Map<String, JsonNode> without = new LinkedHashMap<>();
        collect("", new ObjectMapper().readTree(ExperimentSchema.text()), without);
        assertThat(without.keySet()).isEmpty();
    }

    /** A setting is described itself, or in what it may also be; a group's settings are looked at one by one. */
    private static boolean isDescribed(JsonNode value) {
        boolean group = value.has("properties") || value.path("additionalProperties").isObject();
        for (JsonNode alternative : value.path("anyOf")) {
            group |= isDescribed(alternative);
        }
        return group || !value.path("description").asText().isBlank();
    }

    /** Adds every property that is not described. */
    private static void collect(String path, JsonNode schema, Map<String, JsonNode> without) {
        schema.path("properties").properties().forEach(property -> {
            JsonNode value = property.getValue();
            if (!property.getKey().equals("type") && !isDescribed(value)) {
                without.put(path + "/" + property.getKey(), value);
            }
        });
        // Rules, under allOf, state values of settings that are described elsewhere.
        schema.properties().stream().filter(field -> !field.getKey().equals("allOf"))
                .forEach(field -> collect(path + "/" + field.getKey(), field.getValue(), without));
        if (schema.isArray()) {
            schema.forEach(one -> collect(path, one, without));
        }
    }

    @Test
    void figures() throws IOException {
        String page = Files.readString(Path.of("docs/evaluation.md")).toLowerCase(Locale.ROOT);
        for (Metric metric : Metric.values()) {
            assertThat(page).contains("| " + metric.name().toLowerCase(Locale.ROOT).replace('_', ' '));
        }
    }
}
