package io.github.spirabr.cli;

import io.github.spirabr.core.registry.ModelRepository;
import io.github.spirabr.core.registry.ModelVersion;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code spira models tag}: sets a tag of a version. */
@Command(
        name = "tag",
        description = "Sets a tag of a version, such as approved=2026-03-01.",
        footerHeading = "%nExamples:%n",
        footer = {"  spira models tag spira 4 approved 2026-03-01"},
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class TagModelCommand implements Callable<Integer> {

    @Mixin
    private ModelChoice model = new ModelChoice();

    @Parameters(index = "2", paramLabel = "KEY", description = "The tag.", showDefaultValue = Visibility.NEVER)
    private String key;

    @Parameters(index = "3", paramLabel = "VALUE", description = "Its value.", showDefaultValue = Visibility.NEVER)
    private String value;

    @Override
    public Integer call() {
        ModelRepository models = model.open();
        ModelVersion found = model.find(models);
        models.tag(found, key, value);
        model.output().print(() -> models.show(found).tags(), out -> out.println(found + ": " + key + " is " + value));
        return 0;
    }
}
