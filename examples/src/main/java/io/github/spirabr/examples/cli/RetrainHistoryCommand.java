package io.github.spirabr.examples.cli;

import io.github.spirabr.core.continuous.Journal;
import io.github.spirabr.core.continuous.Round;
import io.github.spirabr.core.continuous.RoundHistory;
import io.github.spirabr.storage.fs.config.Experiment;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code spira retrain history}: all rounds so far. */
@Command(
        name = "history",
        description = "Shows all rounds of continuous training so far: data versions, triggers, verdicts, figures.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  spira retrain history experiment.yaml",
            "  spira retrain history experiment.yaml --json"
        },
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        sortOptions = false)
final class RetrainHistoryCommand implements Callable<Integer> {

    @Parameters(paramLabel = "EXPERIMENT", showDefaultValue = Visibility.NEVER,
            description = "The experiment file that is retrained.")
    private Path file;

    @Mixin
    private RetrainOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Experiment experiment = options.experiment(file);
        Journal journal = RetrainOptions.journal(experiment, options.plan());
        List<Round> rounds = RoundHistory.of(journal).rounds();
        PrintWriter out = spec.commandLine().getOut();
        if (options.json()) {
            Json.print(out, rounds.stream().map(RoundText::json).toList());
        } else if (rounds.isEmpty()) {
            out.println("there are no rounds in " + journal.location());
        } else {
            rounds.forEach(round -> RoundText.print(out, round));
        }
        out.flush();
        return 0;
    }
}
