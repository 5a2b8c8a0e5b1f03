package io.github.spirabr.tests.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spirabr.config.Experiment;
import io.github.spirabr.config.ExperimentFile;
import io.github.spirabr.config.StoragePlace;
import io.github.spirabr.core.audio.AudioReader;
import io.github.spirabr.core.component.Components;
import io.github.spirabr.core.dataset.Splitter;
import io.github.spirabr.core.model.Aggregation;
import io.github.spirabr.core.model.ModelFactory;
import io.github.spirabr.core.model.ModelTrainer;
import io.github.spirabr.core.preprocessing.Augmentation;
import io.github.spirabr.core.preprocessing.EvaluationProtocol;
import io.github.spirabr.core.preprocessing.FeatureAugmentation;
import io.github.spirabr.core.preprocessing.FeatureExtractor;
import io.github.spirabr.core.preprocessing.UnfittedWindowing;
import io.github.spirabr.core.preprocessing.Windowing;
import io.github.spirabr.core.probe.Probe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/configuration.md shows is read, and what can be named is in it. */
class ConfigurationGuideTest {

    private static final Path GUIDE = Path.of("docs/configuration.md");

    @TempDir
    private Path folder;

    @Test
    void itsExampleIsAnExperiment() throws IOException {
        Matcher block = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(GUIDE));
        assertThat(block.find()).isTrue();
        Path file = Files.writeString(folder.resolve("experiment.yaml"), block.group(1));
        Experiment experiment = ExperimentFile.at(file).environment(Map.of("DATA", "there")).withoutFiles().read();
        assertThat(experiment.recordings().manifest().flatMap(StoragePlace::path))
                .contains(folder.toAbsolutePath().normalize().resolve("there/metadata.csv"));
    }

    @Test
    void everyTypeThatCanBeNamedIsInIt() throws IOException {
        String guide = Files.readString(GUIDE);
        Components components = Components.discover();
        for (Class<?> port : List.of(AudioReader.class, Augmentation.class, Windowing.class, UnfittedWindowing.class,
                FeatureExtractor.class, FeatureAugmentation.class, EvaluationProtocol.class, Splitter.class,
                Probe.class, Aggregation.class, ModelFactory.class, ModelTrainer.class)) {
            assertThat(components.types(port)).isNotEmpty()
                    .allSatisfy(type -> assertThat(guide).contains("`" + type + "`"));
        }
    }
}
