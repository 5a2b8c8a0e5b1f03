package io.github.spirabr.cli;

import io.github.spirabr.config.StoragePlace;
import io.github.spirabr.core.continuous.RoundHistory;
import io.github.spirabr.core.journal.Journal;
import io.github.spirabr.core.registry.ModelRepository;
import io.github.spirabr.core.registry.ModelVersion;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code spira models delete}: deletes a version. */
@Command(
        name = "delete",
        description = "Deletes a version; its number is never given again. Refused while an alias has the version or would roll "
                + "back to it, and while a round of continuous training names it as champion or challenger.",
        footerHeading = "%nExamples:%n",
        footer = {"  spira models delete spira 4", "  spira models delete spira 4 --journal rounds"},
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class DeleteModelCommand implements Callable<Integer> {

    @Mixin
    private ModelChoice model = new ModelChoice();

    @Option(names = "--journal", paramLabel = "PLACE", showDefaultValue = Visibility.NEVER,
            description = "The journal of the rounds that trained the model: a folder, or s3://BUCKET/PREFIX. By default the one "
                    + "beside the models, MODELS-journal/NAME.")
    private @Nullable String journal;

    @Override
    public Integer call() {
        ModelRepository models = model.open();
        ModelVersion version = model.find(models);
        Journal rounds = (journal == null ? model.place().beside("-journal").within(version.name()) : new StoragePlace(journal))
                .journal();
        List<Integer> naming = RoundHistory.of(rounds).naming(version);
        if (!naming.isEmpty()) {
            throw new IllegalArgumentException(version + " must not be named by a round, but was by "
                    + (naming.size() == 1 ? "round " : "rounds ") + naming + " in " + rounds.location()
                    + "; keep it, so that the history can be verified");
        }
        models.delete(version);
        model.output().print(() -> Map.of("name", version.name(), "deleted", version.number()),
                out -> out.println(version + " was deleted"));
        return 0;
    }
}
