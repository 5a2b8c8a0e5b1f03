package io.github.spirabr.cli;

import io.github.spirabr.core.registry.ModelRepository;
import io.github.spirabr.core.registry.ModelRepositoryException;
import io.github.spirabr.core.registry.ModelVersion;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Option;

/** The options that choose the model that answers; {@code predict} and {@code serve} choose alike. */
final class AnsweringModel {

    static final String CHAMPION = "champion";

    @Option(names = "--models", paramLabel = "PLACE",
            description = "Where models are: a folder, or s3://BUCKET/PREFIX.")
    private String place = Locations.MODELS;

    @Option(names = "--name", paramLabel = "NAME", showDefaultValue = Visibility.NEVER,
            description = "The model's name; may be left out if there is only one model.")
    private @Nullable String name;

    @Option(names = "--alias", paramLabel = "ALIAS", showDefaultValue = Visibility.NEVER,
            description = "The version with this alias answers. By default the champion, or the newest version if there is no"
                    + " champion.")
    private @Nullable String alias;

    ModelRepository open() {
        return Locations.models(place);
    }

    /**
     * Returns the name of the model.
     *
     * @throws ModelRepositoryException if none was given, and there is not exactly one
     */
    String name(ModelRepository models) {
        if (name != null) {
            return name;
        }
        List<String> names = List.copyOf(models.names());
        if (names.size() == 1) {
            return names.get(0);
        }
        throw new ModelRepositoryException(names.isEmpty()
                ? "there is no model in " + Locations.name(place) + "; train one with 'spira run', or name another place with"
                        + " --models"
                : "there are the models " + String.join(", ", names) + " in " + Locations.name(place)
                        + "; choose one with --name");
    }

    /** Returns the alias that was asked for. */
    Optional<String> alias() {
        return Optional.ofNullable(alias);
    }

    /**
     * Returns the version that answers now.
     *
     * @throws ModelRepositoryException if there is none
     */
    ModelVersion version(ModelRepository models, String model) {
        if (alias != null) {
            return models.find(model, alias).orElseThrow(() -> new ModelRepositoryException(
                    "no version of '" + model + "' in " + Locations.name(place) + " has the alias '" + alias
                            + "'; the model has the aliases " + models.aliases(model).keySet()));
        }
        return models.find(model, CHAMPION).or(() -> models.latest(model)).orElseThrow(() -> new ModelRepositoryException(
                "there is no model called '" + model + "' in " + Locations.name(place)
                        + "; train one with 'spira run', or name another place with --models"));
    }

    /** Returns the reason why a version answers, to be printed behind it. */
    String reason(ModelRepository models, ModelVersion version) {
        if (alias != null) {
            return alias;
        }
        return models.find(version.name(), CHAMPION).filter(version::equals).isPresent()
                ? CHAMPION
                : "the newest; no version is the " + CHAMPION;
    }
}
