package io.github.spirabr.cli;

import io.github.spirabr.config.Experiment;
import io.github.spirabr.core.continuous.RoundHistory;
import io.github.spirabr.core.journal.Journal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code spira retrain verify}: checks the documents of all rounds. */
@Command(
        name = "verify",
        description = "Reads every document of the journal of continuous training and follows what each says of the others: "
                + "rounds without a gap, their data versions, the state. Nothing is changed; spira models verify checks the models.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:No fault was found.", "1:A fault was found, or the check failed.", "2:Wrong usage."},
        footerHeading = "%nExamples:%n",
        footer = {"  spira retrain verify experiment.yaml", "  spira retrain verify experiment.yaml --plan plan.yaml --json"},
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        sortOptions = false)
final class RetrainVerifyCommand implements Callable<Integer> {

    @Mixin
    private JournalOptions options;

    @Override
    public Integer call() {
        Experiment experiment = options.experiment();
        Journal journal = options.journal(experiment);
        RoundHistory.Check check = RoundHistory.of(journal).verify();
        options.output().print(() -> json(journal, check), out -> {
            out.println(journal.location() + ": " + Counted.of(check.documents(), "document") + " read, "
                    + (check.isSound() ? "no fault" : Counted.of(check.faults().size(), "fault")));
            check.faults().forEach(fault -> out.println("  " + fault));
        });
        return check.isSound() ? 0 : 1;
    }

    private static Map<String, Object> json(Journal journal, RoundHistory.Check check) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("journal", journal.location());
        json.put("documents", check.documents());
        json.put("sound", check.isSound());
        json.put("faults", check.faults());
        return json;
    }
}
