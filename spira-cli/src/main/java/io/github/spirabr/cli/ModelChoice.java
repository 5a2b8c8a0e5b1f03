package io.github.spirabr.cli;

import io.github.spirabr.config.StoragePlace;
import io.github.spirabr.core.registry.ModelRepository;
import io.github.spirabr.core.registry.ModelVersion;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The options of commands about one version of a model. */
final class ModelChoice {

    @Parameters(index = "0", paramLabel = "NAME", description = "The model's name.", showDefaultValue = Visibility.NEVER)
    private String name;

    @Parameters(index = "1", paramLabel = "VERSION", description = "A number or an alias.", showDefaultValue = Visibility.NEVER)
    private String version;

    @Mixin
    private ModelStore store = new ModelStore();

    String name() {
        return name;
    }

    ModelRepository open() {
        return store.open();
    }

    ModelVersion find(ModelRepository models) {
        return store.version(models, name, version);
    }

    /** Finds a version of another model of the same repository. */
    ModelVersion find(ModelRepository models, String otherName, String otherVersion) {
        return store.version(models, otherName, otherVersion);
    }

    StoragePlace place() {
        return store.place();
    }

    Output output() {
        return store.output();
    }
}
