package io.github.spirabr.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Places that cannot be written to, because a file is where a folder must be, are told before the recordings are read. */
class DestinationsTest {

    @TempDir
    private Path folder;

    private Path manifest;
    private Path file;

    @BeforeEach
    void prepare() throws IOException {
        manifest = Files.writeString(folder.resolve("m.csv"), "file_path,class\nmissing.wav,0\n");
        file = Files.createFile(folder.resolve("file"));
    }

    private String refusal(Object... arguments) {
        StringWriter err = new StringWriter();
        String[] words = Arrays.stream(arguments).map(Object::toString).toArray(String[]::new);
        assertThat(Spira.execute(new PrintWriter(new StringWriter()), new PrintWriter(err), words)).isEqualTo(1);
        return err.toString();
    }

    @Test
    void modelsAndWorkAreTriedBeforeRecordingsAreRead() {
        assertThat(refusal("run", manifest, "--models", file.resolve("models")))
                .contains("models could not be saved in " + file.resolve("models")).doesNotContain("missing.wav");
        assertThat(refusal("run", manifest, "--models", folder.resolve("models"), "--work", file.resolve("work")))
                .contains("could not be saved in " + file.resolve("work")).doesNotContain("missing.wav");
        assertThat(folder.resolve("models")).doesNotExist();
    }

    @Test
    void whatCanBeWrittenLeavesNothingBehind() {
        assertThat(refusal("run", manifest, "--models", folder.resolve("models"))).contains("missing.wav");
        assertThat(folder).isDirectoryNotContaining(path -> path.getFileName().toString().startsWith("."));
        assertThat(folder.resolve("models")).doesNotExist();
    }

    @Test
    void picturesAreTriedBeforeTheRecordingIsRead() {
        assertThat(refusal("plot", folder.resolve("missing.wav"), "--out", file.resolve("a.png")))
                .contains("could not be written to").doesNotContain("missing.wav");
    }

    @Test
    void namesOfAlmostTheGreatestLengthAreWritten() {
        Path longName = folder.resolve("v".repeat(240) + ".npy");
        WholeFiles.write(Map.of(longName, new byte[] {1}));
        assertThat(longName).hasBinaryContent(new byte[] {1});
    }

    @Test
    void namesThatAreTooLongAreToldAsSuch() {
        assertThat(catchThrowable(
                () -> WholeFiles.write(Map.of(folder.resolve("v".repeat(300) + ".npy"), new byte[] {1}))))
                .hasMessageEndingWith("choose a shorter name");
    }
}
