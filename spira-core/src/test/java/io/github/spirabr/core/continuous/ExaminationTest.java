package io.github.spirabr.core.continuous;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spirabr.core.audio.AudioException;
import io.github.spirabr.core.inspection.RecordingFacts;
import io.github.spirabr.core.inspection.RecordingInspector;
import io.github.spirabr.core.internal.WorkThreads;
import io.github.spirabr.core.recording.AudioPart;
import io.github.spirabr.core.recording.AudioSource;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import io.github.spirabr.core.work.Parallelism;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ExaminationTest {

    /** Refuses every recording; the first one only when the other thread has refused two of the next ones. */
    private static final class SlowAtFirst implements RecordingInspector {

        private final CountDownLatch fourthIsReached = new CountDownLatch(1);
        private final String first;
        private final String fourth;

        private SlowAtFirst(List<Recording> listed) {
            first = listed.get(0).id();
            fourth = listed.get(3).id();
        }

        @Override
        public RecordingFacts inspect(Recording recording) {
            if (recording.id().equals(fourth)) {
                fourthIsReached.countDown();
            }
            if (recording.id().equals(first)) {
                try {
                    fourthIsReached.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
            throw new AudioException(recording.id(), AudioException.Reason.NOT_AUDIO, "this is no audio", null);
        }
    }

    @Test
    @Timeout(60)
    void unreadableRecordingsAreInTheManifestsOrderWhicheverThreadIsFaster() {
        List<Recording> listed = IntStream.range(0, 12)
                .mapToObj(i -> LoudSpeech.of("recording-" + (20 - i), "subject", Label.CONTROL, Map.of(), "noise " + i))
                .toList();
        try (WorkThreads work = new WorkThreads(Parallelism.of(2), "examination")) {
            Examination examination = new Examination(listed, DataSnapshot.EMPTY, new SlowAtFirst(listed), work);
            examination.listedVersion();

            Examination.Result result = examination.run(entry -> false, ChangePlan.builder().build());

            assertThat(result.quarantined()).extracting(QuarantinedRecording::id)
                    .containsExactlyElementsOf(listed.stream().map(Recording::id).toList());
        }
    }

    /** A file with a version, as in a bucket. */
    private record Versioned(String name) implements AudioSource {

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(name.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public Optional<String> version() {
            return Optional.of("tag");
        }
    }

    private static Recording part(String id, int seconds) {
        return new Recording(id, "subject", Label.CONTROL, Map.of(), AudioSource.partOf(
                new Versioned("long.wav"), AudioPart.of(Duration.ofSeconds(seconds), Duration.ofSeconds(5))));
    }

    private static Examination.Result examined(DataSnapshot known, Recording... listed) {
        RecordingInspector inspector = one ->
                new RecordingFacts(one, "", one.audio().name(), Duration.ofSeconds(5), Map.of(), Map.of());
        try (WorkThreads work = new WorkThreads(Parallelism.of(2), "examination")) {
            Examination examination = new Examination(List.of(listed), known, inspector, work);
            examination.listedVersion();
            return examination.run(entry -> false, ChangePlan.builder().build());
        }
    }

    @Test
    void partsOfAFileAreRecordingsOfTheirOwnAndAnotherPartIsAnArrival() {
        Examination.Result first = examined(DataSnapshot.EMPTY, part("a", 0), part("b", 5));
        assertThat(first.quarantined()).isEmpty();
        assertThat(first.snapshot().entries().values()).extracting(DataSnapshot.Entry::content).doesNotHaveDuplicates();
        assertThat(examined(first.snapshot(), part("a", 0), part("b", 5)).arrived()).isEmpty();
        Examination.Result corrected = examined(first.snapshot(), part("a", 0), part("b", 7));
        assertThat(corrected.arrived()).extracting(facts -> facts.recording().id()).containsExactly("b");
        assertThat(corrected.snapshot().version()).isNotEqualTo(first.snapshot().version());
    }
}
