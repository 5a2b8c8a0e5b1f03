package io.github.spirabr.storage.fs.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.spirabr.core.registry.ModelArtifact;
import io.github.spirabr.core.registry.ModelRepository;
import io.github.spirabr.core.registry.ModelRepositoryContract;
import io.github.spirabr.core.registry.ModelRepositoryException;
import io.github.spirabr.core.registry.ModelVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileSystemModelRepositoryTest extends ModelRepositoryContract {

    @TempDir
    Path folder;

    @Override
    protected ModelRepository open() {
        return FileSystemModelRepository.at(folder.resolve("models"));
    }

    @Test
    void theLayoutIsKept() throws IOException {
        ModelArtifact artifact = ModelArtifact.of(Map.of("b.txt", "b".getBytes(UTF_8), "a", new byte[0]));
        ModelVersion version = open().save(NAME, artifact);

        Path stored = folder.resolve("models").resolve(NAME).resolve("000001");
        assertThat(open().location(version)).isEqualTo(stored.toString());
        assertThat(stored.resolve("files/b.txt")).hasContent("b");
        assertThat(stored.resolve("files/a")).isEmptyFile();
        assertThat(Files.readString(stored.resolve("manifest.json"))).isEqualTo("""
                {
                  "formatVersion" : 1,
                  "files" : {
                    "a" : {
                      "size" : 0,
                      "sha256" : "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
                    },
                    "b.txt" : {
                      "size" : 1,
                      "sha256" : "3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d"
                    }
                  }
                }
                """);
    }

    @Test
    void equalArtifactsAreEqualBytesOnDisk() throws IOException {
        open().save(NAME, artifact(5));
        open().save("other", artifact(5));

        assertThat(stored(NAME, "manifest.json")).hasSameBinaryContentAs(stored("other", "manifest.json"));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aVersionIsAsReadableAsAnyNewFolder() throws IOException {
        open().save(NAME, artifact(1));

        Set<PosixFilePermission> usual = Files.getPosixFilePermissions(Files.createDirectory(folder.resolve("usual")));
        assertThat(Files.getPosixFilePermissions(stored(NAME, ""))).isEqualTo(usual);
    }

    @Test
    void anAlteredFileIsRefused() throws IOException {
        ModelVersion version = open().save(NAME, artifact(1));
        Path file = stored(NAME, "files/weights.bin");
        byte[] content = Files.readAllBytes(file);
        content[100] ^= 1;
        Files.write(file, content);

        assertDamaged(version, file, "its SHA-256 is");
    }

    @Test
    void aCutFileIsRefused() throws IOException {
        ModelVersion version = open().save(NAME, artifact(1));
        Path file = stored(NAME, "files/weights.bin");
        Files.write(file, new byte[19_999]);

        assertDamaged(version, file, "it has 19999 bytes, but its manifest says 20000");
    }

    @Test
    void aMissingFileIsRefused() throws IOException {
        ModelVersion version = open().save(NAME, artifact(1));
        Path file = stored(NAME, "files/notes.txt");
        Files.delete(file);

        assertDamaged(version, file, "it is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"files/extra.txt", "extra.txt"})
    void aFileTooManyIsRefused(String name) throws IOException {
        ModelVersion version = open().save(NAME, artifact(1));
        Path file = Files.createFile(stored(NAME, name));

        assertThatThrownBy(() -> open().load(version))
                .isInstanceOf(ModelRepositoryException.class)
                .hasMessage(version + " is not as it was saved: " + file
                        + " does not belong to it; move that file elsewhere");
    }

    @Test
    void aMissingManifestIsRefusedAndItsNumberIsNotGivenAgain() throws IOException {
        ModelVersion version = open().save(NAME, artifact(1));
        Path file = stored(NAME, "manifest.json");
        Files.delete(file);

        assertDamaged(version, file, "it is missing");
        assertThat(open().versions(NAME)).containsExactly(version);
        assertThat(open().save(NAME, artifact(2)).number()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "null", "[]", "{}", "{\"formatVersion\":1", "not JSON",
        "{\"formatVersion\":2,\"files\":{}}",
        "{\"formatVersion\":1}",
        "{\"formatVersion\":1,\"files\":null}",
        "{\"formatVersion\":1,\"files\":{}}",
        "{\"formatVersion\":1,\"files\":{\"a\":null}}",
        "{\"formatVersion\":1,\"files\":{\"a\":{\"size\":1}}}",
        "{\"formatVersion\":1,\"files\":{\"a\":{\"size\":-1,\"sha256\":\"00\"}}}",
        "{\"formatVersion\":1,\"files\":{\"a\":{\"size\":1,\"sha256\":\"00\"},\"a\":{\"size\":1,\"sha256\":\"00\"}}}",
        "{\"formatVersion\":1,\"files\":{\"../../secret\":{\"size\":1,\"sha256\":"
                + "\"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\"}}}",
    })
    void aDamagedManifestIsRefused(String text) throws IOException {
        ModelVersion version = open().save(NAME, artifact(1));
        Path file = stored(NAME, "manifest.json");
        Files.writeString(file, text);

        assertDamaged(version, file, "");
    }

    @Test
    void aManifestOfALaterFormatSaysSo() throws IOException {
        ModelVersion version = open().save(NAME, artifact(1));
        Path file = stored(NAME, "manifest.json");
        Files.writeString(file, "{\"formatVersion\": 2, \"blobs\": []}");

        assertDamaged(version, file, "its formatVersion is 2, but this release of the library reads 1");
    }

    @Test
    void draftsAndStrayFilesAreNoVersions() throws IOException {
        ModelVersion version = open().save(NAME, artifact(1));
        Path model = stored(NAME, "").getParent();
        Files.createDirectories(model.resolve(".tmp-1234/files"));
        Files.createDirectory(model.resolve("7"));
        Files.createDirectory(model.resolve("0000009"));
        Files.createDirectory(model.resolve("000000"));
        Files.writeString(model.resolve("000004"), "a file");

        assertThat(open().versions(NAME)).containsExactly(version);
        assertThat(open().save(NAME, artifact(2)).number()).isEqualTo(2);
        assertThat(open().save(NAME, artifact(2)).number()).isEqualTo(3);
        assertThat(open().save(NAME, artifact(2)).number()).isEqualTo(5);
    }

    @Test
    void aSaveLeavesNoDraft() throws IOException {
        open().save(NAME, artifact(1));

        try (Stream<Path> entries = Files.list(folder.resolve("models").resolve(NAME))) {
            assertThat(entries).containsExactly(stored(NAME, ""));
        }
    }

    @Test
    void aRootThatIsAFileIsTold() throws IOException {
        Path root = Files.createFile(folder.resolve("taken"));
        ModelRepository repository = FileSystemModelRepository.at(root);

        assertThatThrownBy(() -> repository.save(NAME, artifact(1)))
                .isInstanceOf(ModelRepositoryException.class)
                .hasMessageStartingWith("model " + NAME + " cannot be saved in " + root.resolve(NAME));
    }

    @Test
    void aModelThatIsAFileIsTold() throws IOException {
        Files.createDirectory(folder.resolve("models"));
        Files.createFile(folder.resolve("models").resolve(NAME));

        assertThatThrownBy(() -> open().versions(NAME))
                .isInstanceOf(ModelRepositoryException.class)
                .hasMessageStartingWith("the versions of model " + NAME + " cannot be listed");
    }

    @Test
    void anUnknownVersionIsToldWithTheNewest() {
        open().save(NAME, artifact(1));

        assertThatThrownBy(() -> open().load(new ModelVersion(NAME, 7))).hasMessage(
                "there is no " + NAME + " version 7 in " + folder.resolve("models") + "; the newest is version 1");
        assertThatThrownBy(() -> open().load(new ModelVersion("none", 7))).hasMessageEndingWith(
                "no version of this model was saved there");
    }

    private void assertDamaged(ModelVersion version, Path file, String what) {
        assertThatThrownBy(() -> open().load(version))
                .isInstanceOf(ModelRepositoryException.class)
                .hasMessageStartingWith(version + " is damaged at " + file + ": " + what)
                .hasMessageEndingWith("; restore this version from a backup, or load another one");
    }

    private Path stored(String name, String file) {
        return folder.resolve("models").resolve(name).resolve("000001").resolve(file);
    }
}
