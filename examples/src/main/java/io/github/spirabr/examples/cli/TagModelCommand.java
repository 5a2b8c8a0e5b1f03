package io.github.spirabr.examples.cli;

import io.github.spirabr.core.registry.ModelRepository;
import io.github.spirabr.core.registry.ModelVersion;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code spira models tag}: sets a tag of a version. */
@Command(
        name = "tag",
        description = "Sets a tag of a version, such as approved=2026-03-01.",
        footerHeading = "%nExamples:%n",
        footer = {"  spira models tag spira 4 approved 2026-03-01"},
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class TagModelCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "NAME", description = "The model's name.", showDefaultValue = Visibility.NEVER)
    private String name;

    @Parameters(index = "1", paramLabel = "VERSION", description = "A number or an alias.", showDefaultValue = Visibility.NEVER)
    private String version;

    @Parameters(index = "2", paramLabel = "KEY", description = "The tag.", showDefaultValue = Visibility.NEVER)
    private String key;

    @Parameters(index = "3", paramLabel = "VALUE", description = "Its value.", showDefaultValue = Visibility.NEVER)
    private String value;

    @Mixin
    private ModelStore store;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        ModelRepository models = store.open();
        ModelVersion found = store.version(models, name, version);
        models.tag(found, key, value);
        PrintWriter out = spec.commandLine().getOut();
        if (store.json()) {
            Json.print(out, models.show(found).tags());
        } else {
            out.println(found + ": " + key + " is " + value);
        }
        out.flush();
        return 0;
    }
}
