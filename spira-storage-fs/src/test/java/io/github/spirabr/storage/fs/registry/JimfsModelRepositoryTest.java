package io.github.spirabr.storage.fs.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.github.spirabr.core.registry.ModelArtifact;
import io.github.spirabr.core.registry.ModelRepository;
import io.github.spirabr.core.registry.ModelRepositoryException;
import io.github.spirabr.core.registry.ModelVersion;
import io.github.spirabr.storage.fs.internal.Folders;
import io.github.spirabr.testkit.ModelRepositoryContract;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The registry on another implementation of file systems, and on a disk that is full. */
class JimfsModelRepositoryTest extends ModelRepositoryContract {

    private static final int BLOCK = 1024;
    private static final int DISK = 256 * BLOCK;

    private FileSystem memory = Jimfs.newFileSystem(Configuration.unix());
    private Path root = memory.getPath("/models");

    @BeforeEach
    void format() throws IOException {
        memory.close();
        memory = Jimfs.newFileSystem(Configuration.unix());
        root = memory.getPath("/models");
    }

    @AfterEach
    void close() throws IOException {
        memory.close();
    }

    @Override
    protected ModelRepository open(Clock clock) {
        return FileSystemModelRepository.at(root, clock);
    }

    @Override
    protected void removeByHand(ModelVersion version) {
        Folders.deleteQuietly(memory.getPath(open().location(version)));
    }

    @Test
    void aSaveOnAFullDiskLeavesNothing() throws IOException {
        ModelRepository repository = smallDisk();
        int saved = 0;
        while (saved < 3) {
            saved = repository.save(NAME, artifactOf(70 * BLOCK)).number();
        }

        assertThatThrownBy(() -> repository.save(NAME, artifactOf(70 * BLOCK)))
                .isInstanceOf(ModelRepositoryException.class)
                .hasMessageStartingWith("model " + NAME + " could not be saved in /models/" + NAME + ": ")
                .hasMessageContaining("out of disk space")
                .hasMessageEndingWith("; check the folder, its permissions and the free space");

        assertThat(Folders.names(root.resolve(NAME)))
                .containsExactly(".lock", "000001", "000002", "000003", "catalog.json");
        for (ModelVersion version : repository.versions(NAME)) {
            assertThat(repository.load(version)).isEqualTo(artifactOf(70 * BLOCK));
        }
        assertThat(repository.save(NAME, artifactOf(10 * BLOCK)).number()).isEqualTo(4);
    }

    @Test
    void anAliasOnAFullDiskStaysWhereItIs() throws IOException {
        ModelRepository repository = smallDisk();
        ModelVersion first = repository.save(NAME, artifactOf(BLOCK));
        ModelVersion second = repository.save(NAME, artifactOf(BLOCK));
        repository.promote("champion", first, "ana");
        Path filler = fill();

        assertThatThrownBy(() -> repository.promote("champion", second, "ana"))
                .isInstanceOf(ModelRepositoryException.class)
                .hasMessageStartingWith("the aliases of model " + NAME + " could not be changed in /models/" + NAME + ": ")
                .hasMessageEndingWith("; check the folder, its permissions and the free space");
        assertThat(repository.find(NAME, "champion")).contains(first);
        assertThat(repository.history(NAME, "champion")).hasSize(1);
        assertThat(Folders.names(root.resolve(NAME)))
                .containsExactly(".lock", "000001", "000002", "catalog.json");

        Files.delete(filler);
        repository.promote("champion", second, "ana");
        assertThat(repository.find(NAME, "champion")).contains(second);
    }

    private ModelRepository smallDisk() throws IOException {
        memory.close();
        memory = Jimfs.newFileSystem(Configuration.unix().toBuilder().setBlockSize(BLOCK).setMaxSize(DISK).build());
        root = memory.getPath("/models");
        return open();
    }

    /** Writes until there is no room for one block more. */
    private Path fill() throws IOException {
        Path filler = memory.getPath("/filler");
        Files.createFile(filler);
        for (int blocks = 1; blocks <= DISK / BLOCK; blocks++) {
            try {
                Files.write(filler, new byte[BLOCK], StandardOpenOption.APPEND);
            } catch (IOException e) {
                return filler;
            }
        }
        throw new AssertionError("the disk is not full");
    }

    private static ModelArtifact artifactOf(int bytes) {
        return ModelArtifact.of(Map.of("weights.bin", new byte[bytes], "notes.txt", new byte[] {1}));
    }
}
