package io.github.spirabr.cli;

import io.github.spirabr.config.StoragePlace;
import io.github.spirabr.core.pipeline.TrainingPipeline;
import io.github.spirabr.core.registry.ModelRepository;

/** Where things are kept, as options say it: a folder, or {@code s3://BUCKET/PREFIX}. */
final class Locations {

    private Locations() {}

    static ModelRepository models(String location) {
        return new StoragePlace(location).models();
    }

    /** Gives the pipeline a work store there, as experiment files do. */
    static void work(TrainingPipeline.Builder pipeline, String location) {
        new StoragePlace(location).workOf(pipeline);
    }
}
