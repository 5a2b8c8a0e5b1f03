package io.github.spirabr.cli;

import io.github.spirabr.config.ExperimentFile;
import io.github.spirabr.config.PublishedConfiguration;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code spira import-config}: turns a published configuration into an experiment file. */
@Command(
        name = "import-config",
        description = "Turns a configuration of SPIRA's Python code (config.json of SPIRA-ACL2021, spira.json of the training "
                + "prototype; JSON with comments) into an experiment file, and names on the error stream every key that it "
                + "could not carry over.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  spira import-config config.json > experiment.yaml",
            "  spira import-config spira.json --to experiments/first.yaml"
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ImportConfigCommand implements Callable<Integer> {

    @Parameters(paramLabel = "CONFIG", showDefaultValue = Visibility.NEVER, description = "The JSON file.")
    private Path config;

    @Option(names = "--to", paramLabel = "FILE",
            description = "Write the experiment there; by default it is printed, with paths as seen from the JSON file's folder.")
    private @Nullable Path target;

    @Option(names = "--json", description = "Print JSON in place of text: the experiment, and what was not carried over.")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        PublishedConfiguration published = PublishedConfiguration.read(config);
        String text = ExperimentFile.text(published.experiment(), config.toAbsolutePath().normalize().resolveSibling(""));
        for (PublishedConfiguration.NotCarried key : published.notCarried()) {
            err.println(config + ":" + key.line() + ": not carried over: " + key.key() + " = " + key.value() + "; "
                    + key.reason());
        }
        if (target != null) {
            ExperimentFile.write(published.experiment(), target);
        }
        if (json) {
            Json.print(out, result(published, text));
        } else if (target == null) {
            out.print(text);
        }
        out.flush();
        return 0;
    }

    private Map<String, Object> result(PublishedConfiguration published, String text) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("config", config.toString());
        result.put("experiment", target == null ? text : target.toString());
        result.put("notCarriedOver", published.notCarried().stream().map(ImportConfigCommand::told).toList());
        return result;
    }

    private static Map<String, Object> told(PublishedConfiguration.NotCarried key) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("line", key.line());
        told.put("key", key.key());
        told.put("value", key.value());
        told.put("reason", key.reason());
        return told;
    }
}
