package io.github.spirabr.cli;

import io.github.spirabr.config.Experiment;
import io.github.spirabr.config.ExperimentFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Option;

/** The option of all commands that read an experiment. */
final class SettingsOption {

    @Option(names = "--set", paramLabel = "PATH=VALUE", showDefaultValue = Visibility.NEVER,
            description = "Lay a setting over the experiment's, such as training.epochs=5; may be repeated.")
    private List<String> settings = new ArrayList<>();

    /** The file's experiment, with the settings laid over it. */
    Experiment read(Path file) {
        ExperimentFile experiment = ExperimentFile.at(file);
        for (String setting : settings) {
            experiment = experiment.set(setting);
        }
        return experiment.read();
    }
}
