package io.github.spirabr.cli;

import io.github.spirabr.core.continuous.RoundHistory;
import io.github.spirabr.core.journal.Journal;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code spira retrain release}: gives the lease of a round up whose process is gone. */
@Command(
        name = "release",
        description = "Gives the lease of a round up whose process is gone, so that the next round begins at once. A process that "
                + "is still there stops before it saves or decides anything.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:The lease is free.", "1:It could not be released.", "2:Wrong usage."},
        footerHeading = "%nExamples:%n",
        footer = {"  spira retrain release experiment.yaml", "  spira retrain release experiment.yaml --plan plan.yaml"},
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        sortOptions = false)
final class RetrainReleaseCommand implements Callable<Integer> {

    @Mixin
    private JournalOptions options;

    @Override
    public Integer call() {
        Journal journal = options.journal(options.experiment());
        Optional<String> holder = RoundHistory.of(journal).releaseLease(Clock.systemUTC());
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("journal", journal.location());
        json.put("released", holder.orElse(null));
        options.output().print(() -> json, out -> out.println(holder
                .map(who -> "the lease of " + who + " is given up").orElse("nobody has the lease")
                + " (" + journal.location() + ")"));
        return 0;
    }
}
