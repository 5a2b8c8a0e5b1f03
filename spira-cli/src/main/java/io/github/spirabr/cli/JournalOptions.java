package io.github.spirabr.cli;

import io.github.spirabr.config.Experiment;
import io.github.spirabr.core.journal.Journal;
import java.nio.file.Path;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The experiment and the options of commands that read the journal of its rounds. */
final class JournalOptions {

    @Parameters(index = "0", paramLabel = "EXPERIMENT", showDefaultValue = Visibility.NEVER,
            description = "The experiment file that is retrained.")
    private Path file;

    @Mixin
    private RetrainOptions options;

    Experiment experiment() {
        return options.experiment(file);
    }

    Journal journal(Experiment experiment) {
        return RetrainOptions.journal(experiment, options.plan());
    }

    Output output() {
        return options.output();
    }
}
