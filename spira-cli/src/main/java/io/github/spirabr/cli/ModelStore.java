package io.github.spirabr.cli;

import io.github.spirabr.config.StoragePlace;
import io.github.spirabr.core.registry.ModelRepository;
import io.github.spirabr.core.registry.ModelVersion;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of commands that read a model repository. */
final class ModelStore {

    @Option(names = "--models", paramLabel = "PLACE",
            description = "Where models are: a folder, or s3://BUCKET/PREFIX.")
    private String place = Locations.MODELS;

    @Mixin
    private Output output = new Output();

    Output output() {
        return output;
    }

    StoragePlace place() {
        return new StoragePlace(place);
    }

    ModelRepository open() {
        return Locations.models(place);
    }

    /**
     * Finds a version of a model.
     *
     * @param version its number or an alias
     */
    ModelVersion version(ModelRepository models, String name, String version) {
        requireModel(models, name);
        if (version.matches("[0-9]{1,9}")) {
            return models.show(new ModelVersion(name, Integer.parseInt(version))).version();
        }
        return models.find(name, version).orElseThrow(() -> new IllegalArgumentException(
                "no version of '" + name + "' is called '" + version + "'; give a number, or one of its aliases "
                        + models.aliases(name).keySet()));
    }

    void requireModel(ModelRepository models, String name) {
        if (models.versions(name).isEmpty()) {
            throw new IllegalArgumentException("there is no model called '" + name + "' in "
                    + Locations.name(place) + "; existing models: " + models.names()
                    + "; choose one of them, or another place with --models");
        }
    }

    /** Reads a properties file of a version; empty if there is no such file. */
    static SortedMap<String, String> properties(ModelRepository models, ModelVersion version, String file) {
        SortedMap<String, String> values = new TreeMap<>();
        Optional.of(models.load(version)).filter(artifact -> artifact.has(file)).ifPresent(artifact -> {
            Properties properties = new Properties();
            try {
                properties.load(new InputStreamReader(
                        new ByteArrayInputStream(artifact.file(file)), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            properties.stringPropertyNames().forEach(name -> values.put(name, properties.getProperty(name)));
        });
        return values;
    }
}
