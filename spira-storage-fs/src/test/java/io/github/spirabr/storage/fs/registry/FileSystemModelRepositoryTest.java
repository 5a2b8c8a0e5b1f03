package io.github.spirabr.storage.fs.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.spirabr.core.registry.ModelArtifact;
import io.github.spirabr.core.registry.ModelArtifact.FileDigest;
import io.github.spirabr.core.registry.ModelRepository;
import io.github.spirabr.core.registry.ModelRepository.AliasChange;
import io.github.spirabr.core.registry.ModelRepositoryException;
import io.github.spirabr.core.registry.ModelVersion;
import io.github.spirabr.storage.fs.internal.Draft;
import io.github.spirabr.storage.fs.internal.Folders;
import io.github.spirabr.testkit.ModelRepositoryContract;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
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
    protected ModelRepository open(Clock clock) {
        return FileSystemModelRepository.at(folder.resolve("models"), clock);
    }

    @Override
    protected void removeByHand(ModelVersion version) {
        Folders.deleteQuietly(Path.of(open().location(version)));
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
                  "formatVersion" : 2,
                  "files" : {
                    "a" : {
                      "size" : 0,
                      "sha256" : "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
                    },
                    "b.txt" : {
                      "size" : 1,
                      "sha256" : "3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d"
                    }
                  },
                  "model" : "respiratory-insufficiency",
                  "version" : 1,
                  "sha256" : "b8d1da167a6d6d7c594746441c34b0cd35c25a00798670178053bf9f249c536d"
                }
                """);
    }

    @Test
    void equalArtifactsAreEqualBytesOnDisk() throws IOException {
        open().save(NAME, artifact(5));
        FileSystemModelRepository.at(folder.resolve("elsewhere")).save(NAME, artifact(5));

        assertThat(stored(NAME, "manifest.json"))
                .hasSameBinaryContentAs(folder.resolve("elsewhere").resolve(NAME).resolve("000001/manifest.json"));
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "folders have no POSIX permissions there")
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
                .hasMessage(version + " has a file that does not belong to it: " + file
                        + "; move that file elsewhere");
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

    @Test
    void aVersionWhoseFilesWereReplacedByHandLosesItsAlias() throws IOException {
        ModelVersion first = open().save(NAME, artifact(1));
        ModelRepository elsewhere = FileSystemModelRepository.at(folder.resolve("elsewhere"));
        elsewhere.save(NAME, artifact(2));
        open().promote("champion", first, "ana");
        String before = open().show(first).digest();
        String after = elsewhere.show(first).digest();
        removeByHand(first);
        Files.move(Path.of(elsewhere.location(first)), Path.of(open().location(first)));

        assertThatThrownBy(() -> open().find(NAME, "champion"))
                .isInstanceOf(ModelRepositoryException.class)
                .hasMessage("alias champion of model " + NAME + " was given to " + first + " with the digest " + before
                        + ", but this version now has the digest " + after
                        + ": its files were replaced; restore them from a backup, or promote a version");

        AliasChange wanted = open().promote("champion", first, "ana");
        assertThat(wanted.digest()).contains(after);
        assertThat(open().find(NAME, "champion")).contains(first);
    }

    @Test
    void versionsThatWereSwappedAreRefused() throws IOException {
        ModelVersion first = open().save(NAME, artifact(1));
        ModelVersion second = open().save(NAME, artifact(2));
        Path aside = folder.resolve("aside");
        Files.move(Path.of(open().location(first)), aside);
        Files.move(Path.of(open().location(second)), Path.of(open().location(first)));
        Files.move(aside, Path.of(open().location(second)));

        assertDamagedManifest(first, stored(NAME, "manifest.json"), "it is the manifest of " + second);
        assertThatThrownBy(() -> open().load(second)).hasMessageContaining("it is the manifest of " + first);
    }

    @Test
    void aCatalogThatIsMissingBesideVersionsIsTold() throws IOException {
        ModelVersion version = open().save(NAME, artifact(1));
        open().save(NAME, artifact(2));
        Files.delete(folder.resolve("models").resolve(NAME).resolve("catalog.json"));

        for (ThrowingCallable use : List.<ThrowingCallable>of(() -> open().find(NAME, "champion"), () -> open().versions(NAME),
                () -> open().save(NAME, artifact(3)), () -> open().promote("champion", version, "ana"))) {
            assertThatThrownBy(use)
                    .isInstanceOf(ModelRepositoryException.class)
                    .hasMessage("the catalog of model " + NAME + " is missing, but 2 versions are there, such as "
                            + open().location(new ModelVersion(NAME, 2)) + "; restore it from a backup, or run spira models"
                            + " verify --mend to make a new one from the versions");
        }
        assertThat(open().load(version)).isEqualTo(artifact(1));
    }

    @Test
    void aLostCatalogIsMendedFromTheVersions() throws IOException {
        open().save(NAME, artifact(1));
        ModelVersion deleted = open().save(NAME, artifact(2));
        ModelVersion third = open().save(NAME, artifact(3));
        open().promote("champion", third, "ana");
        open().delete(deleted);
        Path catalog = folder.resolve("models").resolve(NAME).resolve("catalog.json");
        Files.writeString(catalog, "damaged");

        assertThat(open().names()).containsExactly(NAME);
        assertThat(open().verify(NAME).faults()).singleElement().satisfies(fault -> {
            assertThat(fault.finding()).startsWith("the catalog of model " + NAME + " at " + catalog + " is damaged: ");
            assertThat(fault.mendable()).isTrue();
        });
        assertThat(catalog).hasContent("damaged");

        assertThat(open().mend(NAME).isSound()).isTrue();
        assertThat(open().versions(NAME)).extracting(ModelVersion::number).containsExactly(1, 3);
        assertThat(open().aliases(NAME)).isEmpty();
        assertThat(open().save(NAME, artifact(4)).number()).isEqualTo(4);
        assertThat(catalog.resolveSibling("catalog.json.damaged")).hasContent("damaged");

        Files.delete(catalog);
        assertThat(open().mend(NAME).isSound()).isTrue();
        assertThat(open().versions(NAME)).extracting(ModelVersion::number).containsExactly(1, 3, 4);
    }

    @Test
    void aCatalogOfANewerFormatIsNotMended() throws IOException {
        open().save(NAME, artifact(1));
        Path catalog = Files.writeString(
                folder.resolve("models").resolve(NAME).resolve("catalog.json"), "{\"formatVersion\":3}");

        assertThat(open().mend(NAME).faults()).singleElement().satisfies(fault -> {
            assertThat(fault.finding()).contains("has format 3, newer than 2");
            assertThat(fault.mendable()).isFalse();
        });
        assertThat(catalog).hasContent("{\"formatVersion\":3}");
    }

    @Test
    void anAlteredFileIsFoundByTheVerification() throws IOException {
        ModelVersion version = open().save(NAME, artifact(1));
        Files.write(stored(NAME, "files/weights.bin"), new byte[20_000]);

        assertThat(open().verify(NAME).faults()).singleElement().satisfies(fault -> {
            assertThat(fault.finding()).startsWith(version + " is damaged at " + stored(NAME, "files/weights.bin"));
            assertThat(fault.mendable()).isFalse();
        });
    }

    @Test
    void theCatalogOfAnEarlierReleaseIsOpenedAndNotTouched() throws IOException {
        ModelVersion version = open().save(NAME, artifact(1));
        Path catalog = Files.writeString(folder.resolve("models").resolve(NAME).resolve("catalog.json"), """
                {"formatVersion":1,"aliases":{"champion":[{"id":"a","at":"2026-03-01T10:00:00Z","by":"ana",\
                "to":1,"rollBack":false}]},"tags":{},"deleted":[4]}
                """);
        String before = Files.readString(catalog);

        assertThat(open().find(NAME, "champion")).contains(version);
        assertThat(open().history(NAME, "champion")).containsExactly(new AliasChange(
                "a", Instant.parse("2026-03-01T10:00:00Z"), "ana", Optional.empty(), 1, false, Optional.empty()));
        open().promote("champion", version, "bia");
        assertThat(catalog).hasContent(before);

        assertThat(open().save(NAME, artifact(2)).number()).isEqualTo(5);
        assertThat(catalog).content().startsWith(before.replace("Version\":1", "Version\":2").strip()
                .replace("\"deleted\":[4]}", "\"deleted\":[4],\"highest\":5,\"model\":\"" + NAME + "\",\"sha256\":\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"formatVersion\":1,\"aliases\":{},\"tags\":{},\"deleted\":[],\"highest\":-1}",
        "{\"formatVersion\":1,\"aliases\":{\"champion\":[{\"id\":\"a\",\"at\":\"2026-03-01T10:00:00Z\",\"by\":\"ana\","
                + "\"to\":1,\"rollBack\":false,\"digest\":\"0\"}]},\"tags\":{},\"deleted\":[]}",
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

        assertDamagedManifest(version, file, "");
    }

    @Test
    void aManifestOfALaterFormatSaysSo() throws IOException {
        ModelVersion version = open().save(NAME, artifact(1));
        Path file = stored(NAME, "manifest.json");
        Files.writeString(file, "{\"formatVersion\": 3, \"blobs\": []}");

        assertThatThrownBy(() -> open().load(version))
                .isInstanceOf(ModelRepositoryException.class)
                .hasMessage("the manifest of " + version + " at " + file
                        + " has format 3, newer than 2 that this version reads; use a newer version of the library");
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

        assertThat(Folders.names(folder.resolve("models").resolve(NAME))).containsExactly(".lock", "000001", "catalog.json");
    }

    @Test
    void aRootThatIsAFileIsTold() throws IOException {
        Path root = Files.createFile(folder.resolve("taken"));
        ModelRepository repository = FileSystemModelRepository.at(root);

        assertThatThrownBy(() -> repository.save(NAME, artifact(1)))
                .isInstanceOf(ModelRepositoryException.class)
                .hasMessageStartingWith("model " + NAME + " could not be saved in " + root.resolve(NAME));
    }

    /** The folder above the models may be another's, in which a file or a link may have any name that is known before. */
    @Test
    void aCheckForWritingKeepsFilesThatExist() throws IOException {
        Path other = Files.writeString(folder.resolve(".tmp-attempt"), "kept");

        open().requireWritable();

        assertThat(other).hasContent("kept");
        assertThat(Folders.names(folder)).containsExactly(".tmp-attempt");
    }

    @Test
    void aModelThatIsAFileIsTold() throws IOException {
        Files.createDirectory(folder.resolve("models"));
        Files.createFile(folder.resolve("models").resolve(NAME));

        assertThatThrownBy(() -> open().versions(NAME))
                .isInstanceOf(ModelRepositoryException.class)
                .hasMessageStartingWith("the versions of model " + NAME + " could not be listed");
    }

    @Test
    void anUnknownVersionIsToldWithTheNewest() {
        open().save(NAME, artifact(1));

        assertThatThrownBy(() -> open().load(new ModelVersion(NAME, 7))).hasMessage(
                "there is no " + NAME + " version 7 in " + folder.resolve("models") + "; the newest is version 1");
        assertThatThrownBy(() -> open().load(new ModelVersion("none", 7))).hasMessageEndingWith(
                "no version of this model was saved there");
    }

    @Test
    void theCatalogIsKept() throws IOException {
        ModelRepository repository = open(Clock.fixed(Instant.parse("2026-03-01T10:00:00Z"), ZoneOffset.UTC));
        ModelVersion version = repository.save(NAME, artifact(1));
        repository.delete(repository.save(NAME, artifact(2)));
        repository.tag(version, "hospital", "São Paulo");
        AliasChange move = repository.promote("champion", version, "ana");

        Path catalog = folder.resolve("models").resolve(NAME).resolve("catalog.json");
        assertThat(catalog).hasContent("""
                {"formatVersion":2,"aliases":{"champion":[{"id":"%s","at":"2026-03-01T10:00:00Z","by":"ana",\
                "to":1,"rollBack":false,"digest":"%s"}]},"tags":{"1":{"hospital":"São Paulo"}},"deleted":[2],\
                "highest":2,"model":"%s","sha256":"%s"}
                """.formatted(move.id(), repository.show(version).digest(), NAME, sha256OfTheRest(catalog)));
        assertThat(Folders.names(folder.resolve("models").resolve(NAME)))
                .containsExactly(".lock", "000001", "000002", "catalog.json");
        assertThat(Folders.names(folder.resolve("models").resolve(NAME).resolve("000002"))).containsExactly("deleted");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "null", "[]", "{}", "{\"formatVersion\":1", "{\"formatVersion\":2}", "{\"formatVersion\":1}",
        "{\"formatVersion\":1,\"aliases\":{\"champion\":[{}]},\"tags\":{},\"deleted\":[]}",
        "{\"formatVersion\":1,\"aliases\":{\"../x\":[]},\"tags\":{},\"deleted\":[]}",
        "{\"formatVersion\":1,\"aliases\":{\"champion\":[{\"id\":\"a\",\"at\":\"today\",\"by\":\"ana\",\"to\":1,"
                + "\"rollBack\":false}]},\"tags\":{},\"deleted\":[]}",
        "{\"formatVersion\":1,\"aliases\":{\"champion\":[{\"id\":\"a\",\"at\":\"2026-03-01T10:00:00Z\",\"by\":\"ana\","
                + "\"from\":7,\"to\":1,\"rollBack\":false}]},\"tags\":{},\"deleted\":[]}",
    })
    void aDamagedCatalogIsRefusedAndNotReplaced(String text) throws IOException {
        ModelVersion version = open().save(NAME, artifact(1));
        Path file = Files.writeString(folder.resolve("models").resolve(NAME).resolve("catalog.json"), text);
        String damaged = "the catalog of model " + NAME + " at " + file + " is damaged: ";

        assertThatThrownBy(() -> open().promote("champion", version, "ana"))
                .isInstanceOf(ModelRepositoryException.class)
                .hasMessageStartingWith(damaged)
                .hasMessageEndingWith("; restore it from a backup, or run spira models verify --mend to make a new one from the"
                        + " versions");
        assertThatThrownBy(() -> open().find(NAME, "champion")).hasMessageStartingWith(damaged);
        assertThat(open().load(version)).isEqualTo(artifact(1));
        assertThat(file).hasContent(text);
    }

    @Test
    void draftsAreRemovedWhenNobodyTouchedThem() throws IOException {
        ModelVersion version = open().save(NAME, artifact(1));
        Path model = stored(NAME, "").getParent();
        Path old = Files.createDirectories(model.resolve(".tmp-old/files")).getParent();
        Path busy = Files.createDirectories(model.resolve(".tmp-busy/files")).getParent();
        Path file = Files.createFile(model.resolve(".tmp-file"));
        Path trash = Files.createDirectories(model.resolve(".trash-x/files")).getParent();
        FileTime yesterday = FileTime.from(Instant.now().minus(Duration.ofHours(25)));
        for (Path touched : List.of(old.resolve("files"), old, busy, file)) {
            Files.setLastModifiedTime(touched, yesterday);
        }

        assertThat(open().clean(NAME, Duration.ofHours(24))).isEqualTo(2);

        assertThat(old).doesNotExist();
        assertThat(file).doesNotExist();
        assertThat(trash).doesNotExist();
        assertThat(busy).exists();
        assertThat(open().load(version)).isEqualTo(artifact(1));
    }

    @Test
    void whatAKilledDeletionLeftIsRemovedLater() throws IOException {
        ModelVersion version = open().save(NAME, artifact(1));
        Files.writeString(folder.resolve("models").resolve(NAME).resolve("catalog.json"),
                "{\"formatVersion\":1,\"aliases\":{},\"tags\":{},\"deleted\":[1]}");

        assertThat(open().versions(NAME)).isEmpty();
        open().clean(NAME, Duration.ofHours(1));

        assertThat(Folders.names(stored(NAME, ""))).containsExactly("deleted");
        assertThatThrownBy(() -> open().load(version)).hasMessage(version + " was deleted; use another version");
        assertThat(open().save(NAME, artifact(2)).number()).isEqualTo(2);
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "links need rights there that users do not have")
    void linksAreNotFollowed() throws IOException {
        Path elsewhere = folder.resolve("elsewhere");
        FileSystemModelRepository.at(elsewhere).save(NAME, artifact(1));
        Path model = Files.createDirectories(folder.resolve("models")).resolve(NAME);
        Files.createSymbolicLink(model, elsewhere.resolve(NAME));

        String message = "model " + NAME + " is a link at " + model
                + ", and links are not followed; move the folder itself there";
        assertThatThrownBy(() -> open().save(NAME, artifact(2))).hasMessage(message);
        assertThatThrownBy(() -> open().versions(NAME)).hasMessage(message);
        assertThatThrownBy(() -> open().load(new ModelVersion(NAME, 1))).hasMessage(message);
        assertThat(open().names()).isEmpty();

        Files.delete(model);
        Files.createDirectory(model);
        Files.createSymbolicLink(model.resolve("000001"), elsewhere.resolve(NAME).resolve("000001"));
        assertThat(open().versions(NAME)).isEmpty();
        assertThatThrownBy(() -> open().load(new ModelVersion(NAME, 1))).hasMessageStartingWith("there is no ");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "links need rights there that users do not have")
    void catalogsAndLocksThatAreLinksAreRefused() throws IOException {
        FileSystemModelRepository.at(folder.resolve("elsewhere")).save(NAME, artifact(1));
        for (String file : List.of("catalog.json", ".lock")) {
            open().save(NAME, artifact(1));
            Path model = folder.resolve("models").resolve(NAME);
            Path link = model.resolve(file);
            Files.delete(link);
            Files.createSymbolicLink(link, folder.resolve("elsewhere").resolve(NAME).resolve(file));
            assertThatThrownBy(() -> open().save(NAME, artifact(2))).as(file)
                    .isInstanceOf(ModelRepositoryException.class)
                    .hasMessageContaining(link + ": is a link, and links are not followed");
            Files.delete(link);
            open().mend(NAME);
        }
    }

    /** A draft's lock tells whether its writer lives; this process is the writer of one of them. */
    @Test
    void aSaveRemovesDraftsWhoseWritersAreGone() throws IOException {
        open().save(NAME, artifact(1));
        Path model = folder.resolve("models").resolve(NAME);
        try (Draft alive = Draft.begin(model)) {
            Files.createFile(model.resolve(".tmp-gone.lock"));
            Files.createDirectories(model.resolve(".tmp-gone/files"));
            Files.write(model.resolve(".tmp-catalog"), new byte[3]);
            open().save(NAME, artifact(2));
            assertThat(Folders.names(model)).filteredOn(name -> name.startsWith(".tmp-"))
                    .containsExactly(alive.folder().getFileName().toString(), alive.folder().getFileName() + ".lock");
        }
        assertThat(Folders.names(model)).noneMatch(name -> name.startsWith(".tmp-"));
    }

    private void assertDamaged(ModelVersion version, Path file, String what) {
        assertThatThrownBy(() -> open().load(version))
                .isInstanceOf(ModelRepositoryException.class)
                .hasMessageStartingWith(version + " is damaged at " + file + ": " + what)
                .hasMessageEndingWith("; restore this version from a backup, or load another one");
    }

    private void assertDamagedManifest(ModelVersion version, Path file, String fault) {
        assertThatThrownBy(() -> open().load(version))
                .isInstanceOf(ModelRepositoryException.class)
                .hasMessageStartingWith("the manifest of " + version + " at " + file + " is damaged: " + fault)
                .hasMessageEndingWith("; restore it from a backup");
    }

    private static String sha256OfTheRest(Path document) throws IOException {
        byte[] rest = Files.readString(document).replaceFirst(",\"sha256\":\"[0-9a-f]{64}\"}", "}").getBytes(StandardCharsets.UTF_8);
        return FileDigest.of(rest).sha256();
    }

    private Path stored(String name, String file) {
        return folder.resolve("models").resolve(name).resolve("000001").resolve(file);
    }
}
