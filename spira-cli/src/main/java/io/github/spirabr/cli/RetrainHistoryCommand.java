package io.github.spirabr.cli;

import io.github.spirabr.config.Experiment;
import io.github.spirabr.core.continuous.Round;
import io.github.spirabr.core.continuous.RoundHistory;
import io.github.spirabr.core.journal.Journal;
import io.github.spirabr.report.run.HistoryPage;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code spira retrain history}: all rounds so far. */
@Command(
        name = "history",
        description = "Shows all rounds of continuous training so far: data versions, triggers, verdicts, metrics.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  spira retrain history experiment.yaml",
            "  spira retrain history experiment.yaml --json",
            "  spira retrain history experiment.yaml --html history.html"
        },
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        sortOptions = false)
final class RetrainHistoryCommand implements Callable<Integer> {

    @Mixin
    private JournalOptions options;

    @Option(names = "--html", paramLabel = "PAGE", showDefaultValue = Visibility.NEVER,
            description = "Write a page with a chart of the metrics over time, which is replaced if it is there.")
    private @Nullable Path html;

    @Override
    public Integer call() {
        Optional<ReportFile> page = html == null ? Optional.empty() : Optional.of(ReportFile.page(html));
        Experiment experiment = options.experiment();
        Journal journal = options.journal(experiment);
        List<Round> rounds = RoundHistory.of(journal).rounds();
        PrintWriter out = options.output().out();
        if (options.output().json()) {
            Json.print(out, rounds.stream().map(RoundText::json).toList());
        } else if (rounds.isEmpty()) {
            out.println("there are no rounds in " + journal.location());
        } else if (page.isEmpty()) {
            rounds.forEach(round -> RoundText.print(out, round));
        }
        page.ifPresent(target -> {
            target.write(HistoryPage.of(experiment.modelName(), rounds).bytes());
            (options.output().json() ? options.output().err() : out).println(html);
        });
        out.flush();
        return 0;
    }
}
