package io.github.spirabr.cli;

import io.github.spirabr.config.Experiment;
import io.github.spirabr.config.RetrainingPlan;
import io.github.spirabr.config.RetrainingPlanFile;
import io.github.spirabr.config.StoragePlace;
import io.github.spirabr.core.journal.Journal;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of commands about retraining. */
final class RetrainOptions {

    @Option(names = "--plan", paramLabel = "PLAN", showDefaultValue = Visibility.NEVER,
            description = "A plan of retraining (.yaml): when to train again, the gate, the limits of change, the reference "
                    + "set. By default whenever there is anything new, with the standard gate.")
    private @Nullable Path plan;

    @Mixin
    private SettingsOption settings = new SettingsOption();

    @Mixin
    private Output output = new Output();

    Output output() {
        return output;
    }

    Experiment experiment(Path file) {
        return settings.read(file);
    }

    Experiment experiment(Path file, ManifestColumns columns) {
        return settings.read(file, columns);
    }

    RetrainingPlan plan() {
        return plan == null ? RetrainingPlan.STANDARD : RetrainingPlanFile.at(plan).read();
    }

    /** Returns the journal of the plan, or the one beside the models: {@code models-journal/NAME}. */
    static Journal journal(Experiment experiment, RetrainingPlan plan) {
        StoragePlace beside = experiment.models().beside("-journal").within(experiment.modelName());
        return plan.journal().orElse(beside).journal();
    }
}
