package io.github.spirabr.cli;

import io.github.spirabr.core.registry.ModelRepository;
import io.github.spirabr.core.registry.ModelRepository.AliasChange;
import io.github.spirabr.core.registry.ModelVersion;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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

    @Mixin
    private ModelChoice model = new ModelChoice();

    @Override
    public Integer call() {
        ModelRepository models = model.open();
        Map<String, Object> shown = describe(models, model.find(models));
        model.output().print(() -> shown, out -> print(out, "", shown));
        return 0;
    }

    private static Map<String, Object> describe(ModelRepository models, ModelVersion found) {
        ModelRepository.Details details = models.show(found);
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("name", found.name());
        shown.put("version", found.number());
        shown.put("location", models.location(found));
        Map<String, List<String>> moves = new TreeMap<>();
        details.aliases().forEach(alias ->
                moves.put(alias, models.history(found.name(), alias).stream().map(ShowModelCommand::move).toList()));
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
