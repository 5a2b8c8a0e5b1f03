package io.github.spirabr.cli;

import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of commands that run a stage of an experiment. */
final class StageOptions {

    @Mixin
    private SettingsOption settings = new SettingsOption();

    @Mixin
    private ManifestColumns columns = new ManifestColumns();

    @Option(names = "--work", paramLabel = "PLACE", showDefaultValue = Visibility.NEVER,
            description = "Where stages leave what comes after them: a folder, or s3://BUCKET/PREFIX. By default what the "
                    + "experiment says.")
    private @Nullable String work;

    @Option(names = "--models", paramLabel = "PLACE", showDefaultValue = Visibility.NEVER,
            description = "Where models are saved: a folder, or s3://BUCKET/PREFIX. By default what the experiment says.")
    private @Nullable String models;

    @Option(names = "--again", description = "Re-run the stage, even if it is complete.")
    private boolean again;

    StagedRun staged(Path experiment) {
        return StagedRun.of(settings.read(experiment, columns), models, work, again);
    }

    static boolean isExperiment(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".yaml") || name.endsWith(".yml");
    }
}
