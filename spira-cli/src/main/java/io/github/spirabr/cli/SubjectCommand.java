package io.github.spirabr.cli;

import io.github.spirabr.config.Experiment;
import io.github.spirabr.core.continuous.RoundHistory;
import io.github.spirabr.core.journal.Journal;
import io.github.spirabr.core.registry.ModelRepository;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code spira subject}: what holds a subject. */
@Command(
        name = "subject",
        description = "Lists the data versions, rounds and models that hold a subject, so that a withdrawal of consent can be "
                + "carried out. Nothing is removed.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:Something holds the subject.", "1:Failed.", "2:Wrong usage.", "3:Nothing holds the subject."},
        footerHeading = "%nExamples:%n",
        footer = "  spira subject experiment.yaml patient-0042 --json",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        sortOptions = false)
final class SubjectCommand implements Callable<Integer> {

    @Mixin
    private JournalOptions options;

    @Parameters(index = "1", paramLabel = "SUBJECT", showDefaultValue = Visibility.NEVER,
            description = "The subject's id, as the manifest has it.")
    private String subject;

    @Override
    public Integer call() {
        Experiment experiment = options.experiment();
        Journal journal = options.journal(experiment);
        ModelRepository models = experiment.models().models();
        RoundHistory.SubjectHoldings holdings = RoundHistory.of(journal).holdings(models, experiment.modelName(), subject);
        PrintWriter out = options.output().out();
        List<Map<String, Object>> held = holdings.models().values().stream().map(one -> {
            Map<String, Object> model = new LinkedHashMap<>();
            model.put("model", one.model().name());
            model.put("version", one.model().number());
            model.put("side", one.side().name());
            model.put("aliases", List.copyOf(models.show(one.model()).aliases()));
            return model;
        }).toList();
        if (options.output().json()) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("subject", subject);
            json.put("dataVersions", holdings.dataVersions());
            json.put("rounds", holdings.rounds());
            json.put("quarantinedInRounds", holdings.quarantined());
            json.put("models", held);
            Json.print(out, json);
        } else if (holdings.none()) {
            out.println("nothing in " + journal.location() + " and " + experiment.models() + " holds subject " + subject);
        } else {
            out.println("subject " + subject);
            out.println("  data versions: " + holdings.dataVersions().size());
            holdings.dataVersions().forEach(version -> out.println("    " + version));
            out.println("  in the data of rounds " + holdings.rounds() + ", in quarantine in rounds " + holdings.quarantined());
            out.println("  models: " + held.size());
            held.forEach(model -> out.println("    " + model.get("model") + " version " + model.get("version") + ", side "
                    + model.get("side") + ", aliases " + model.get("aliases")));
        }
        out.flush();
        return holdings.none() ? Spira.NOTHING_TO_DO : 0;
    }
}
