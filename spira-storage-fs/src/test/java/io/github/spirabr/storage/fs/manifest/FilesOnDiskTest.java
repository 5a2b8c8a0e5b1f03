package io.github.spirabr.storage.fs.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FilesOnDiskTest {

    /** Keeps names in the form in which they are given, as not all disks do. */
    private final FileSystem memory = Jimfs.newFileSystem(Configuration.unix());
    private final Path folder = memory.getPath("/audio");
    private final FilesOnDisk disk = new FilesOnDisk();

    @BeforeEach
    void create() throws IOException {
        Files.createDirectory(folder);
    }

    @AfterEach
    void close() throws IOException {
        memory.close();
    }

    @Test
    void eachOfManyNamesIsFoundInItsOtherForm() throws IOException {
        int files = 5_000;
        for (int i = 0; i < files; i++) {
            Files.createFile(folder.resolve("Ine\u0302s-" + i + ".wav"));
        }
        for (int i = 0; i < files; i++) {
            assertThat(disk.find(folder, "In\u00eas-" + i + ".wav")).contains("Ine\u0302s-" + i + ".wav");
        }
        assertThat(disk.find(folder, "In\u00eas-" + files + ".wav")).isEmpty();
    }

    @Test
    void theFirstOfTheNearestNamesIsNamed() throws IOException {
        for (String name : new String[] {"b.flac", "b.ogg", "VOZ.wav", "Voz.wav", "voz.mp3"}) {
            Files.createFile(folder.resolve(name));
        }
        assertThat(disk.nearest(folder.resolve("voz.wav"))).contains("VOZ.wav");
        assertThat(disk.nearest(folder.resolve("b.wav"))).contains("b.flac");
        assertThat(disk.nearest(folder.resolve("B .wav"))).isEmpty();
    }
}
