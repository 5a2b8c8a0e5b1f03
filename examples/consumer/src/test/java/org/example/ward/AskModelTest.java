package org.example.ward;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.spirabr.audio.decode.FfmpegAudioReader;
import io.github.spirabr.audio.features.Mfcc;
import io.github.spirabr.core.dataset.SubjectSplit;
import io.github.spirabr.core.pipeline.TrainingPipeline;
import io.github.spirabr.core.pipeline.TrainingRun;
import io.github.spirabr.core.prediction.Prediction;
import io.github.spirabr.core.preprocessing.Preprocessing;
import io.github.spirabr.core.preprocessing.SlidingWindow;
import io.github.spirabr.storage.fs.manifest.Manifest;
import io.github.spirabr.storage.fs.registry.FileSystemModelRepository;
import io.github.spirabr.training.SpiraConv;
import io.github.spirabr.training.Trainer;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a stranger gets: the published jars, by the bill of materials, and nothing else of SPIRA. */
class AskModelTest {

    private static final int RATE = 16_000;

    @TempDir
    private Path folder;

    /** Five seconds of a tone; a patient's has a pause in every second. */
    private static void record(Path file, int hertz, boolean patient) throws IOException {
        byte[] samples = new byte[2 * 5 * RATE];
        for (int n = 0; n < 5 * RATE; n++) {
            boolean pause = patient && n % RATE > RATE / 2;
            short sample = (short) (pause ? 0 : 8000 * Math.sin(2 * Math.PI * hertz * n / RATE));
            samples[2 * n] = (byte) sample;
            samples[2 * n + 1] = (byte) (sample >> 8);
        }
        AudioFormat format = new AudioFormat(RATE, 16, 1, true, false);
        AudioInputStream audio = new AudioInputStream(new ByteArrayInputStream(samples), format, 5L * RATE);
        AudioSystem.write(audio, AudioFileFormat.Type.WAVE, file.toFile());
    }

    private TrainingRun train() throws IOException {
        StringBuilder manifest = new StringBuilder("file_path,class,subject\n");
        for (int subject = 0; subject < 10; subject++) {
            String name = "subject-" + subject + ".wav";
            record(folder.resolve(name), 200 + 20 * subject, subject % 2 == 1);
            manifest.append(name + ',' + subject % 2 + ',' + subject + '\n');
        }
        return TrainingPipeline.builder()
                .recordings(Manifest.at(Files.writeString(folder.resolve("metadata.csv"), manifest)))
                .reader(FfmpegAudioReader.builder().sampleRate(RATE).build())
                .preprocessing(Preprocessing.builder()
                        .window(SlidingWindow.of(Duration.ofSeconds(4), Duration.ofSeconds(1)))
                        .extract(Mfcc.builder().build())
                        .build())
                .split(SubjectSplit.of(0.6, 0.2, 0.2))
                .model(SpiraConv.v2())
                .trainer(Trainer.builder().epochs(1).build())
                .models(FileSystemModelRepository.at(folder.resolve("models")))
                .modelName("ward")
                .seed(42)
                .build()
                .run();
    }

    @Test
    void aModelIsTrainedAndAsked() throws IOException {
        assertEquals("ward version 1", train().model().toString());
        Prediction answer = AskModel.ask(folder.resolve("models"), "ward", folder.resolve("subject-1.wav"));
        assertEquals("subject-1.wav", answer.recording());
        double probability = answer.probability().orElseThrow();
        assertTrue(probability > 0 && probability < 1, answer.toString());
        assertEquals(2, answer.windows().size());
        assertThrows(IllegalArgumentException.class,
                () -> AskModel.ask(folder.resolve("models"), "another", folder.resolve("subject-1.wav")));
    }

    @Test
    void everyJarHasItsModuleNameAndLicence() {
        Path[] jars = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(path -> path.getFileName().toString().startsWith("spira-"))
                .toArray(Path[]::new);
        Set<ModuleReference> modules = ModuleFinder.of(jars).findAll();
        assertEquals(
                Set.of("io.github.spirabr.core", "io.github.spirabr.audio", "io.github.spirabr.training",
                        "io.github.spirabr.storage.fs"),
                modules.stream().map(module -> module.descriptor().name()).collect(Collectors.toSet()));
        for (ModuleReference module : modules) {
            try (var content = module.open()) {
                assertTrue(content.find("META-INF/LICENSE").isPresent(), module.toString());
                assertTrue(content.find("META-INF/NOTICE").isPresent(), module.toString());
            } catch (IOException e) {
                throw new AssertionError(module.toString(), e);
            }
        }
    }
}
