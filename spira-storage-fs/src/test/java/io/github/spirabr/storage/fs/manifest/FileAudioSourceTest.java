package io.github.spirabr.storage.fs.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileAudioSourceTest {

    @TempDir
    Path folder;

    @Test
    void opensTheFileAnyNumberOfTimes() throws IOException {
        byte[] content = {1, 2, 3};
        FileAudioSource source = FileAudioSource.of(Files.write(folder.resolve("a.wav"), content));

        for (int time = 0; time < 2; time++) {
            try (InputStream stream = source.open()) {
                assertThat(stream.readAllBytes()).isEqualTo(content);
            }
        }
    }

    @Test
    void theNameIsThePathAsGiven() {
        assertThat(FileAudioSource.of(Path.of("x", "..", "a.wav")).name())
                .isEqualTo(Path.of("x", "..", "a.wav").toString());
    }

    @Test
    void aMissingFileIsToldWhenItIsOpened() {
        FileAudioSource source = FileAudioSource.of(folder.resolve("none.wav"));

        assertThatThrownBy(source::open).isInstanceOf(NoSuchFileException.class).hasMessageContaining("none.wav");
    }

    @Test
    void sourcesOfOnePathAreEqual() {
        assertThat(FileAudioSource.of(Path.of("a.wav")))
                .isEqualTo(FileAudioSource.of(Path.of("a.wav")))
                .hasSameHashCodeAs(FileAudioSource.of(Path.of("a.wav")))
                .isNotEqualTo(FileAudioSource.of(Path.of("b.wav")));
    }
}
