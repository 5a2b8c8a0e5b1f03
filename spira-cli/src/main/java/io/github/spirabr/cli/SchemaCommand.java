package io.github.spirabr.cli;

import io.github.spirabr.config.ExperimentSchema;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code spira schema}: what editors complete and check experiment files by. */
@Command(
        name = "schema",
        description = "Prints the JSON Schema (draft 2020-12) of experiment files, by which editors complete and check them. "
                + "It holds the parts of every jar on the class path.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  spira schema --to experiment.schema.json",
            "  and as the first line of an experiment:",
            "  # yaml-language-server: $schema=experiment.schema.json"
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class SchemaCommand implements Callable<Integer> {

    @Option(names = "--to", paramLabel = "FILE", description = "Write it there, replacing what is there; by default it is printed.")
    private @Nullable Path target;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        String schema = ExperimentSchema.text();
        if (target == null) {
            out.println(schema);
            out.flush();
            return 0;
        }
        WholeFiles.write(Map.of(target, (schema + System.lineSeparator()).getBytes(StandardCharsets.UTF_8)));
        return 0;
    }
}
