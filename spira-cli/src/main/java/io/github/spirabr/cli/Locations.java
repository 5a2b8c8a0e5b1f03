package io.github.spirabr.cli;

import io.github.spirabr.config.StoragePlace;
import io.github.spirabr.core.pipeline.TrainingPipeline;
import io.github.spirabr.core.registry.ModelRepository;

/** The places that options name: a folder, or {@code s3://BUCKET/PREFIX}. */
final class Locations {

    /** Place of models where no option names another one. */
    static final String MODELS = "models";

    private Locations() {}

    /** Returns the place with a path made absolute, for messages. */
    static String name(String location) {
        return new StoragePlace(location).toString();
    }

    static ModelRepository models(String location) {
        return new StoragePlace(location).models();
    }

    /** Sets the pipeline's work store, as experiment files do. */
    static void work(TrainingPipeline.Builder pipeline, String location) {
        new StoragePlace(location).workOf(pipeline);
    }
}
