package io.github.spirabr.cli;

import io.github.spirabr.core.registry.ModelRepository;
import io.github.spirabr.core.registry.ModelRepository.AliasChange;
import io.github.spirabr.core.registry.ModelVersion;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The options of commands that move an alias. */
final class AliasOptions {

    @Parameters(index = "0", paramLabel = "NAME", description = "The model's name.", showDefaultValue = Visibility.NEVER)
    private String name;

    @Option(names = "--alias", paramLabel = "ALIAS", description = "The alias that moves.")
    private String alias = "champion";

    @Option(names = "--by", paramLabel = "WHO", description = "Who moves it, for the history.")
    private String by = System.getProperty("user.name", "unknown");

    @Mixin
    private ModelStore store;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    String name() {
        return name;
    }

    /** Returns the alias; one that reads as a version could not be told from it. */
    String alias() {
        if (alias.matches("[0-9]+")) {
            throw new ParameterException(command.commandLine(), "an alias must not be a number, which names a version, but was '"
                    + alias + "'; choose a word, such as champion");
        }
        return alias;
    }

    String by() {
        return by;
    }

    ModelStore store() {
        return store;
    }

    /** Prints the alias's newest move. */
    void print(AliasChange change) {
        store.output().print(() -> json(change), out -> out.println(alias + " of " + name + " is version " + change.to()
                + change.from().map(from -> ", it was " + from).orElse("")));
    }

    private Map<String, Object> json(AliasChange change) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("name", name);
        result.put("alias", alias);
        result.put("from", change.from().orElse(null));
        result.put("to", change.to());
        return result;
    }

    /** The number of the version that has the alias; 0 if none has. */
    int current(ModelRepository models) {
        ModelVersion version = models.aliases(name).get(alias());
        return version == null ? 0 : version.number();
    }
}
