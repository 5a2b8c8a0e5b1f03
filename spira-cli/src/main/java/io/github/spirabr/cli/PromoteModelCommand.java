package io.github.spirabr.cli;

import io.github.spirabr.core.registry.ModelRepository;
import io.github.spirabr.core.registry.ModelVersion;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code spira models promote}: gives an alias to a version. */
@Command(
        name = "promote",
        description = "Gives an alias to a version. Exit code 3 if the version has it already.",
        footerHeading = "%nExamples:%n",
        footer = {"  spira models promote spira 4", "  spira models promote spira 5 --alias challenger --by ana"},
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class PromoteModelCommand implements Callable<Integer> {

    @Mixin
    private AliasOptions options;

    @Parameters(index = "1", paramLabel = "VERSION", description = "A number or another alias.",
            showDefaultValue = Visibility.NEVER)
    private String version;

    @Override
    public Integer call() {
        ModelRepository models = options.store().open();
        ModelVersion found = options.store().version(models, options.name(), version);
        boolean there = options.current(models) == found.number();
        options.print(models.promote(options.alias(), found, options.by()));
        return there ? Spira.NOTHING_TO_DO : 0;
    }
}
