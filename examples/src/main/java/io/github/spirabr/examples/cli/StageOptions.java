package io.github.spirabr.examples.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Option;

/** The options of commands that run a stage of an experiment. */
final class StageOptions {

    @Option(names = "--set", paramLabel = "PATH=VALUE", showDefaultValue = Visibility.NEVER,
            description = "Lay a setting over the experiment's, such as training.epochs=5; may be repeated.")
    private List<String> settings = new ArrayList<>();

    @Option(names = "--work", paramLabel = "PLACE", showDefaultValue = Visibility.NEVER,
            description = "Where stages leave what comes after them: a folder, or s3://BUCKET/PREFIX. By default what the "
                    + "experiment says.")
    private @Nullable String work;

    @Option(names = "--models", paramLabel = "PLACE", showDefaultValue = Visibility.NEVER,
            description = "Where models are saved: a folder, or s3://BUCKET/PREFIX. By default what the experiment says.")
    private @Nullable String models;

    @Option(names = "--again", description = "Do the stage once more, even if it is done.")
    private boolean again;

    StagedRun staged(Path experiment) {
        return StagedRun.of(experiment, settings, models, work, again);
    }

    static boolean isExperiment(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".yaml") || name.endsWith(".yml");
    }
}
