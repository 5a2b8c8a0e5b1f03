package io.github.spirabr.cli;

import io.github.spirabr.config.Experiment;
import io.github.spirabr.config.ExperimentFile;
import io.github.spirabr.config.SweepPlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Option;

/** The option of all commands that read an experiment. */
final class SettingsOption {

    @Option(names = "--set", paramLabel = "PATH=VALUE", showDefaultValue = Visibility.NEVER,
            description = "Override a setting of the experiment, such as training.epochs=5; may be repeated.")
    private List<String> settings = new ArrayList<>();

    /** Reads the file's experiment with the overrides. */
    Experiment read(Path file) {
        return read(file, Map.of());
    }

    /** Reads the file's experiment with the overrides and the columns of its manifest, which come last. */
    Experiment read(Path file, ManifestColumns columns) {
        return read(file, columns.overrides());
    }

    private Experiment read(Path file, Map<String, String> further) {
        ExperimentFile experiment = ExperimentFile.at(file);
        for (String setting : settings) {
            experiment = experiment.set(setting);
        }
        for (Map.Entry<String, String> option : further.entrySet()) {
            experiment = experiment.set(option.getValue(), option.getKey());
        }
        return experiment.read();
    }

    /** Returns a sweep of an experiment with the overrides. */
    SweepPlan apply(SweepPlan sweep) {
        SweepPlan with = sweep;
        for (String setting : settings) {
            with = with.set(setting);
        }
        return with;
    }
}
