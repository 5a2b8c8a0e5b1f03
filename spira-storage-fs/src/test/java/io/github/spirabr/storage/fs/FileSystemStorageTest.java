package io.github.spirabr.storage.fs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.spirabr.core.model.TrainingEvent;
import io.github.spirabr.core.pipeline.PipelineListener;
import io.github.spirabr.core.recording.AudioSource;
import io.github.spirabr.core.recording.Recording;
import io.github.spirabr.core.registry.ModelVersion;
import io.github.spirabr.core.storage.EventFormat;
import io.github.spirabr.core.storage.Storage;
import io.github.spirabr.core.storage.StorageProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSystemStorageTest {

    @TempDir
    private Path folder;

    private StorageProvider storage() {
        return Storage.of(folder.toString());
    }

    @Test
    void pathsAreItsLocations() throws IOException {
        assertThat(storage()).isInstanceOf(FileSystemStorage.class);
        assertThatCode(() -> storage().check("some/folder")).doesNotThrowAnyException();
        assertThatThrownBy(() -> storage().check("a\0b")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not a valid path on this system");
        Path file = Files.writeString(folder.resolve("a.wav"), "x");
        assertThat(storage().file(file.toString()).open()).hasBinaryContent("x".getBytes(UTF_8));
    }

    @Test
    void eachStoreIsInTheFolderNamed() {
        String location = folder.toString();
        assertThat(storage().models(location).location(new ModelVersion("spira", 1))).startsWith(location);
        assertThat(storage().datasets(location).names()).isEmpty();
        assertThat(storage().journal(location).location()).isEqualTo(location);
        assertThat(storage().checkpoints(location, 2).latest()).isEmpty();
        assertThat(storage().featureCache(location, 1)).asString().startsWith("FileSystemFeatureCache[" + location);
    }

    @Test
    void recordingsOfAFolderAreListedInAManifest() {
        assertThatThrownBy(() -> storage().listing("audio", Pattern.compile("x"), Optional.empty()))
                .hasMessage("listings of recordings are not supported at 'audio'; list them in a manifest");
    }

    @Test
    void eventsAreWrittenAnewForEachTraining() {
        PipelineListener events = storage().events(folder.resolve("events").toString(), EnumSet.allOf(EventFormat.class));
        for (int training = 1; training <= 2; training++) {
            events.onTraining(new TrainingEvent.Started(1, 1, 5));
            events.onTraining(new TrainingEvent.Ended(1, 1, Duration.ZERO, Duration.ZERO));
        }
        assertThat(folder.resolve("events/events.jsonl")).content().hasLineCount(4);
        assertThat(folder.resolve("events").toFile().list((dir, name) -> name.contains("tfevents"))).hasSize(2);
        assertThatThrownBy(() -> storage().events("events", Set.of())).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be at least one of [TENSORBOARD, JSON_LINES], but was none");
    }

    @Test
    void manifestsAndListsAreReadByTheirLocations() throws IOException {
        write("audio/c.wav", "c");
        write("audio/p.wav", "p");
        Path manifest = write("lists/metadata.csv", "file,class\nc.wav,no\np.wav,yes\n");
        assertThat(Storage.manifests().recordings(manifest.toString(), Map.of("root", folder.resolve("audio").toString(),
                "classColumn", "class", "controlWords", List.of("no"), "patientWords", List.of("yes"),
                "subjectPattern", "(.)\\.wav")).load().recordings()).extracting(Recording::subject)
                .containsExactly("c", "p");
        Path controls = write("audio/controls.csv", "c.wav\n");
        Path patients = write("audio/patients.csv", "p.wav\n");
        assertThat(Storage.manifests().recordings(controls.toString(), patients.toString(), Optional.empty(), Optional.empty())
                .load().recordings()).extracting(Recording::id).containsExactly("c.wav", "p.wav");
    }

    @Test
    void noisesAreListedWithOrWithoutAHeader() throws IOException {
        write("audio/n.wav", "n");
        Path list = write("audio/noises.csv", "file,kind\nn.wav,hum\n");
        List<String> faults = new ArrayList<>();
        List<AudioSource> noises =
                Storage.manifests().noises(list.toString(), Optional.of("file"), Optional.empty(), faults::add);
        assertThat(noises).extracting(AudioSource::name).containsExactly(folder.resolve("audio/n.wav").toString());
        assertThat(faults).isEmpty();
        Storage.manifests().noises(list.toString(), Optional.of("path"), Optional.empty(), faults::add);
        Storage.manifests().noises(write("none.csv", "").toString(), Optional.empty(), Optional.empty(), faults::add);
        Storage.manifests().noises(write("gone.csv", "x.wav\n").toString(), Optional.empty(), Optional.empty(), faults::add);
        assertThat(faults).containsExactly(
                list + " has no column 'path'; found [file, kind]",
                folder.resolve("none.csv") + " names no noise",
                "line 1 of " + folder.resolve("gone.csv") + " names the noise " + folder.resolve("x.wav")
                        + ", which does not exist");
    }

    private Path write(String name, String text) throws IOException {
        Files.createDirectories(folder.resolve(name).getParent());
        return Files.writeString(folder.resolve(name), text);
    }
}
