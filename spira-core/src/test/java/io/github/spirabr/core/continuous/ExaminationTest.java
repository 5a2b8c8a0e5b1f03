package io.github.spirabr.core.continuous;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spirabr.core.audio.AudioException;
import io.github.spirabr.core.inspection.RecordingFacts;
import io.github.spirabr.core.inspection.RecordingInspector;
import io.github.spirabr.core.internal.WorkThreads;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import io.github.spirabr.core.work.Parallelism;
import java.util.List;
import java.util.Map;
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
}
