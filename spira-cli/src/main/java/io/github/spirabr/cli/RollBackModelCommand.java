package io.github.spirabr.cli;

import io.github.spirabr.core.registry.ModelRepository;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code spira models rollback}: gives an alias back to the version that had it before. */
@Command(
        name = "rollback",
        description = "Gives an alias back to the version that had it before; each call takes back one move more.",
        footerHeading = "%nExamples:%n",
        footer = {"  spira models rollback spira", "  spira models rollback spira --alias challenger"},
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class RollBackModelCommand implements Callable<Integer> {

    @Mixin
    private AliasOptions options;

    @Override
    public Integer call() {
        ModelRepository models = options.store().open();
        options.store().requireModel(models, options.name());
        options.print(models.rollBack(options.name(), options.alias(), options.by()));
        return 0;
    }
}
