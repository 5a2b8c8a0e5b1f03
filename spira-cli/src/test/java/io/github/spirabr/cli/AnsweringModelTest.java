package io.github.spirabr.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.spirabr.core.registry.ModelArtifact;
import io.github.spirabr.core.registry.ModelRepository;
import io.github.spirabr.core.registry.ModelRepositoryException;
import io.github.spirabr.core.registry.ModelVersion;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The model that predict and serve choose. */
class AnsweringModelTest {

    @TempDir
    private Path folder;

    @Command(name = "any")
    private static final class AnyCommand {

        @Mixin
        private AnsweringModel model = new AnsweringModel();
    }

    private AnsweringModel model(String... options) {
        AnyCommand command = new AnyCommand();
        new CommandLine(command).parseArgs(options);
        return command.model;
    }

    private ModelRepository models() {
        return Locations.models(folder.toString());
    }

    private void save(String name, int versions) {
        for (int i = 1; i <= versions; i++) {
            models().save(name, ModelArtifact.of(Map.of("weights.f32", (name + i).getBytes(UTF_8))));
        }
    }

    private String answering(String... options) {
        AnsweringModel model = model(options);
        ModelVersion version = model.version(models(), model.name(models()));
        return version + " (" + model.reason(models(), version) + ")";
    }

    @Test
    void theChampionAnswersOrElseTheNewest() {
        save("ward", 3);
        assertThat(answering()).isEqualTo("ward version 3 (the newest; no version is the champion)");
        models().promote("champion", new ModelVersion("ward", 2), "me");
        assertThat(answering()).isEqualTo("ward version 2 (champion)");
        models().promote("challenger", new ModelVersion("ward", 1), "me");
        assertThat(answering("--alias", "challenger")).isEqualTo("ward version 1 (challenger)");
    }

    @Test
    void theOnlyModelNeedsNoName() {
        assertThatThrownBy(() -> model().name(models())).isInstanceOf(ModelRepositoryException.class)
                .hasMessageContaining("there is no model in").hasMessageContaining("--models");
        save("ward", 1);
        assertThat(model().name(models())).isEqualTo("ward");
        save("other", 1);
        assertThatThrownBy(() -> model("--models", folder.toString()).name(models()))
                .isInstanceOf(ModelRepositoryException.class)
                .hasMessage("there are the models other, ward in " + folder.toAbsolutePath() + "; choose one with --name");
        assertThat(model("--name", "ward").name(models())).isEqualTo("ward");
    }
}
