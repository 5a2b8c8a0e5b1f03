package io.github.spirabr.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.spirabr.core.dataset.Recordings;
import io.github.spirabr.core.inspection.ContentInspector;
import io.github.spirabr.core.internal.Sha256;
import io.github.spirabr.core.internal.WorkThreads;
import io.github.spirabr.core.recording.AudioPart;
import io.github.spirabr.core.recording.AudioSource;
import io.github.spirabr.core.recording.Recording;
import io.github.spirabr.core.work.Parallelism;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class TrainingIdentityTest {

    private static final List<Recording> RECORDINGS = Recordings.dataset(8, 8, 2).recordings();

    private static String identity(Function<Recording, AudioSource> audio) {
        List<Recording> recordings = RECORDINGS.stream()
                .map(one -> new Recording(one.id(), one.subject(), one.label(), Map.of(), audio.apply(one)))
                .toList();
        try (WorkThreads threads = new WorkThreads(Parallelism.of(3), "test")) {
            return new TrainingIdentity(1)
                    .recordings(List.of(recordings), RecordingContents.of(recordings, threads))
                    .hash();
        }
    }

    private static AudioSource bytes(String text) {
        return AudioSource.ofBytes("bytes", text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void otherBytesUnderTheSameNamesAreAnotherTraining() {
        String identity = identity(one -> bytes("audio of " + one.id()));
        assertThat(identity(one -> bytes("audio of " + one.id()))).isEqualTo(identity);
        assertThat(identity(one -> bytes("another of " + one.id()))).isNotEqualTo(identity);
    }

    @Test
    void partsOfAFileAreToldApartAndItsBytesAreReadOnce() {
        AtomicInteger opened = new AtomicInteger();
        AudioSource file = AudioSource.of("long.wav", () -> {
            opened.incrementAndGet();
            return new ByteArrayInputStream(new byte[] {1, 2, 3});
        });
        AtomicInteger seconds = new AtomicInteger();
        List<Recording> recordings = RECORDINGS.stream()
                .map(one -> new Recording(one.id(), one.subject(), one.label(), Map.of(), AudioSource.partOf(
                        file, AudioPart.from(Duration.ofSeconds(seconds.getAndIncrement())))))
                .toList();
        try (WorkThreads threads = new WorkThreads(Parallelism.of(3), "test")) {
            RecordingContents contents = RecordingContents.of(recordings, threads);
            assertThat(recordings).extracting(contents::of).doesNotHaveDuplicates();
            assertThat(contents.of(recordings.get(0))).as("the whole file").isEqualTo(Sha256.hex(new byte[] {1, 2, 3}));
            assertThat(recordings).extracting(ContentInspector::digest).isEqualTo(recordings.stream().map(contents::of).toList());
        }
        assertThat(opened).hasValue(1 + recordings.size());
    }

    @Test
    void aRecordingThatIsGoneIsNamed() {
        assertThatThrownBy(() -> identity(one -> AudioSource.of("gone", () -> {
                    throw new IOException("the disk is out");
                })))
                .isInstanceOf(PipelineException.class)
                .hasMessageMatching("recording \\S+ could not be read")
                .hasRootCauseMessage("the disk is out");
    }
}
