package io.github.spirabr.cli;

import io.github.spirabr.core.registry.ModelRepository;
import io.github.spirabr.core.registry.ModelVersion;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code spira models report}: writes out the report that is saved with a model. */
@Command(
        name = "report",
        description = "Writes the report that was saved with a model: a page that needs no network (.html), the same metrics "
                + "for programs (.json), or the model card (.md).",
        footerHeading = "%nExamples:%n",
        footer = {
            "  spira models report spira 3 --out report.html",
            "  spira models report spira champion --out model-card.md"
        },
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        sortOptions = false)
final class ReportCommand implements Callable<Integer> {

    @Mixin
    private ModelStore store;

    @Parameters(index = "0", paramLabel = "NAME", showDefaultValue = Visibility.NEVER, description = "The model's name.")
    private String name;

    @Parameters(index = "1", paramLabel = "VERSION", showDefaultValue = Visibility.NEVER,
            description = "Its number, or an alias such as champion.")
    private String version;

    @Option(names = "--out", paramLabel = "FILE", required = true, showDefaultValue = Visibility.NEVER,
            description = "Where it is written; the name ends in .html, .json or .md, which says what.")
    private Path file;

    @Override
    public Integer call() {
        ReportFile target = ReportFile.at(file);
        ModelRepository models = store.open();
        ModelVersion found = store.version(models, name, version);
        target.writeStored(models, found);
        store.output().print(
                () -> Map.of("name", found.name(), "version", found.number(), "report", target.toString()),
                out -> out.println("The report of " + found + " is in " + target));
        return 0;
    }
}
