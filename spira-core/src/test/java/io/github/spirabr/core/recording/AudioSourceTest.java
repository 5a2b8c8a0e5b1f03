package io.github.spirabr.core.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AudioSourceTest {

    @Test
    void bytesInMemoryAreReadFromTheBeginningEachTime() throws IOException {
        AudioSource source = AudioSource.ofBytes("memory", new byte[] {1, 2, 3});
        for (int i = 0; i < 2; i++) {
            try (InputStream in = source.open()) {
                assertThat(in.readAllBytes()).containsExactly(1, 2, 3);
            }
        }
        assertThat(source.name()).isEqualTo("memory");
    }

    @Test
    void aStreamIsOpenedAnewEachTimeAndTellsItsFailure(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("a.wav");
        AudioSource source = AudioSource.of("a.wav", () -> Files.newInputStream(file));
        assertThatThrownBy(source::open).isInstanceOf(IOException.class);
        Files.write(file, new byte[] {7});
        try (InputStream in = source.open()) {
            assertThat(in.readAllBytes()).containsExactly(7);
        }
        AudioSource gone = AudioSource.of("gone", () -> {
            throw new FileNotFoundException("gone");
        });
        assertThatThrownBy(gone::open).hasMessage("gone");
    }
}
