package io.github.spirabr.tests.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.spirabr.config.ExperimentFile;
import io.github.spirabr.config.InvalidExperimentException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of docs/configuration-errors.md: each line, as an override of a sound experiment, gets exactly that message. */
class ConfigurationErrorsTest {

    private static final Path TABLE = Path.of("docs/configuration-errors.md");
    private static final Pattern ROW = Pattern.compile("\\| `` (.+) `` \\| `` (.+) `` \\|");
    private static final String DEMO = Path.of("examples/demo").toAbsolutePath().normalize().toString();

    @TempDir
    private Path folder;

    static List<Arguments> table() throws IOException {
        return Files.readAllLines(TABLE).stream()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .map(row -> Arguments.of(row.group(1), row.group(2)))
                .toList();
    }

    @Test
    void theTableHasAtLeastFortyRows() throws IOException {
        assertThat(table()).hasSizeGreaterThanOrEqualTo(40);
    }

    @Test
    void theExperimentThatIsChangedIsSound() {
        assertThat(ExperimentFile.at(write("")).environment(Map.of("DEMO", DEMO)).read().seed()).isZero();
    }

    @ParameterizedTest
    @MethodSource("table")
    void eachGetsItsMessage(String line, String message) {
        assertThat(messageOf(line)).isEqualTo(message);
    }

    @Test
    void allFaultsAreToldAtOnceInTheOrderOfTheFile() {
        Path file = write("sede: 1\ntraining.epochs: many\nreader.sampleRate: 0\nmodel.type: spiraconv-v9");
        InvalidExperimentException failure = catchThrowableOfType(
                InvalidExperimentException.class,
                () -> ExperimentFile.at(file).environment(Map.of("DEMO", DEMO)).set("threads=0").read());
        assertThat(failure.faults()).extracting(fault -> fault.line() + " " + fault.path())
                .containsExactly("2 sede", "3 training.epochs", "4 reader.sampleRate", "5 model.type", "0 threads");
        assertThat(failure).hasMessageStartingWith(file + " has 5 faults:\n  " + file + ":2:1: sede is unknown; ");
    }

    private String messageOf(String line) {
        Path file = write(line);
        InvalidExperimentException failure = catchThrowableOfType(
                InvalidExperimentException.class,
                () -> ExperimentFile.at(file).environment(Map.of("DEMO", DEMO)).read());
        assertThat(failure).as(line).isNotNull();
        return failure.getMessage().replace(folder + "/", "").replace(DEMO, "demo");
    }

    private Path write(String lines) {
        try (InputStream sound = ConfigurationErrorsTest.class.getResourceAsStream("/experiments/valid.yaml")) {
            Files.write(folder.resolve("sound.yaml"), Objects.requireNonNull(sound).readAllBytes());
            return Files.writeString(
                    folder.resolve("experiment.yaml"), "extends: sound.yaml\n" + lines + "\n", StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
