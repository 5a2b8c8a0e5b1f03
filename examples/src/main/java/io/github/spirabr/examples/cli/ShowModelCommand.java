package io.github.spirabr.examples.cli;

import io.github.spirabr.core.registry.AliasChange;
import io.github.spirabr.core.registry.ModelRepository;
import io.github.spirabr.core.registry.ModelVersion;
import io.github.spirabr.core.registry.VersionDetails;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code spira models show}: all that is known of a version, whose files are checked by the way. */
@Command(
        name = "show",
        description = "Shows what is known of a version: where it lies, aliases and their moves, tags, files with their "
                + "SHA-256, how it is used and how it came about. All files are read and checked.",
        footerHeading = "%nExamples:%n",
        footer = {"  spira models show spira 3", "  spira models show spira champion --json"},
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class ShowModelCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "NAME", description = "The model's name.", showDefaultValue = Visibility.NEVER)
    private String name;

    @Parameters(index = "1", paramLabel = "VERSION", description = "A number or an alias.", showDefaultValue = Visibility.NEVER)
    private String version;

    @Mixin
    private ModelStore store;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        ModelRepository models = store.open();
        ModelVersion found = store.version(models, name, version);
        Map<String, Object> shown = describe(models, found);
        PrintWriter out = spec.commandLine().getOut();
        if (store.json()) {
            Json.print(out, shown);
        } else {
            print(out, "", shown);
        }
        out.flush();
        return 0;
    }

    private Map<String, Object> describe(ModelRepository models, ModelVersion found) {
        VersionDetails details = models.show(found);
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("name", found.name());
        shown.put("version", found.number());
        shown.put("location", models.location(found));
        Map<String, List<String>> moves = new TreeMap<>();
        details.aliases().forEach(alias ->
                moves.put(alias, models.history(name, alias).stream().map(ShowModelCommand::move).toList()));
        shown.put("aliases", moves);
        shown.put("tags", details.tags());
        Map<String, String> files = new TreeMap<>();
        details.files().forEach((file, digest) -> files.put(file, digest.size() + " bytes, " + digest.sha256()));
        shown.put("files", files);
        shown.put("recipe", ModelStore.properties(models, found, "model.properties"));
        shown.put("provenance", ModelStore.properties(models, found, "provenance.properties"));
        return shown;
    }

    private static String move(AliasChange change) {
        return change.at() + " " + change.from().map(Object::toString).orElse("none") + " to " + change.to() + " by "
                + change.by() + (change.rollBack() ? " (roll-back)" : "");
    }

    private static void print(PrintWriter out, String indent, Map<?, ?> values) {
        values.forEach((key, value) -> {
            if (value instanceof Map<?, ?> group) {
                if (!group.isEmpty()) {
                    out.println(indent + key);
                    print(out, indent + "  ", group);
                }
            } else if (value instanceof List<?> lines) {
                out.println(indent + key);
                lines.forEach(line -> out.println(indent + "  " + line));
            } else {
                out.println(indent + key + ": " + value);
            }
        });
    }
}
