package io.github.spirabr.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.spirabr.core.audio.AudioException;
import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.audit.Fingerprint;
import io.github.spirabr.core.audit.Fingerprinter;
import io.github.spirabr.core.audit.Leak;
import io.github.spirabr.core.audit.LeakException;
import io.github.spirabr.core.audit.SplitAudit;
import io.github.spirabr.core.dataset.Dataset;
import io.github.spirabr.core.dataset.SubjectSplit;
import io.github.spirabr.core.evaluation.Metric;
import io.github.spirabr.core.internal.WorkThreads;
import io.github.spirabr.core.parts.Loudness;
import io.github.spirabr.core.pipeline.TestParts.IdReader;
import io.github.spirabr.core.pipeline.TestParts.MeanTrainer;
import io.github.spirabr.core.pipeline.TestParts.ThresholdFactory;
import io.github.spirabr.core.preprocessing.FeatureCache;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import io.github.spirabr.core.preprocessing.Preprocessing;
import io.github.spirabr.core.preprocessing.SlidingWindow;
import io.github.spirabr.core.recording.AudioPart;
import io.github.spirabr.core.recording.AudioSource;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import io.github.spirabr.core.registry.InMemoryModelRepository;
import io.github.spirabr.core.work.Parallelism;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** Recordings that are parts of files: each file begins loud, which is a patient's, and ends quiet. */
class PartsOfFilesPipelineTest {

    private static final AudioPart LOUD = AudioPart.of(Duration.ZERO, Duration.ofMillis(1250));
    private static final AudioPart QUIET = AudioPart.from(Duration.ofMillis(1250));

    private final InMemoryModelRepository models = new InMemoryModelRepository();
    private final IdReader reader = new IdReader();
    private final Features cache = new Features();

    private static final class Features implements FeatureCache {

        private final Map<String, List<FeatureMatrix>> entries = new ConcurrentHashMap<>();

        @Override
        public Optional<List<FeatureMatrix>> get(String key) {
            return Optional.ofNullable(entries.get(key));
        }

        @Override
        public void put(String key, List<FeatureMatrix> windows) {
            entries.put(key, windows);
        }
    }

    private static final class NoFrames implements Fingerprinter {

        @Override
        public Fingerprint fingerprint(Waveform waveform) {
            return Fingerprint.of(new int[0], new boolean[0]);
        }

        @Override
        public String method() {
            return "none";
        }
    }

    private static Recording part(String file, String subject, Label label, AudioPart part) {
        AudioSource source = AudioSource.ofBytes(file, file.getBytes(StandardCharsets.UTF_8));
        return new Recording(file + part.idSuffix(), subject, label, Map.of(), AudioSource.partOf(source, part));
    }

    private static List<Recording> halves() {
        List<Recording> recordings = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            recordings.add(part(i + "-uneven", "p" + i, Label.PATIENT, LOUD));
            recordings.add(part(i + "-uneven", "c" + i, Label.CONTROL, QUIET));
        }
        return recordings;
    }

    private TrainingPipeline.Builder pipeline(List<Recording> recordings) {
        return TrainingPipeline.builder()
                .baseline(false)
                .recordings(() -> Dataset.of("parts", recordings))
                .reader(reader)
                .preprocessing(Preprocessing.builder()
                        .window(SlidingWindow.of(Duration.ofSeconds(1), Duration.ofMillis(500)))
                        .extract(new Loudness())
                        .build())
                .split(SubjectSplit.holdingOut(Set.of("c0", "p0"), Set.of("c1", "p1")))
                .model(new ThresholdFactory())
                .trainer(new MeanTrainer())
                .featureCache(cache)
                .models(models)
                .modelName("loud");
    }

    @Test
    void twoPartsOfAFileAreTwoRecordingsWithFeaturesOfTheirOwn() {
        TrainingRun run = pipeline(halves()).build().run();
        assertThat(run.rejected()).isEmpty();
        assertThat(run.test().metric(Metric.AUROC).value()).isEqualTo(1.0);
        assertThat(cache.entries).hasSize(12);
        assertThat(cache.entries.values().stream().map(windows -> windows.get(0).value(0, 0)).distinct()).hasSize(12);
    }

    @Test
    void anUnreadablePartIsNamedOnce() {
        Recording part = part("a.wav", "c0", Label.CONTROL, AudioPart.of(Duration.ZERO, Duration.ofSeconds(5)));
        try (WorkThreads threads = new WorkThreads(Parallelism.of(1), "test")) {
            Preparation preparation = new Preparation(threads, done -> {});
            preparation.check(List.of(part), one -> {
                throw new AudioException(one.id(), AudioException.Reason.NOT_AUDIO, "this is no audio", null);
            });
            assertThat(preparation.rejected("parts")).extracting(RejectedRecording::detail)
                    .containsExactly("recording a.wav@0+5: this is no audio");
        }
    }

    @Test
    void anotherPartIsAnotherRun() {
        TrainingRun run = pipeline(halves()).build().run();
        List<Recording> moved = new ArrayList<>(halves());
        Recording last = moved.get(11);
        moved.set(11, new Recording(last.id(), last.subject(), last.label(), last.metadata(), AudioSource.partOf(
                last.audio().whole(), AudioPart.from(Duration.ofMillis(1300)))));
        TrainingRun other = pipeline(moved).build().run();
        assertThat(other.identity()).isNotEqualTo(run.identity());
        assertThat(other.dataFingerprint()).isNotEqualTo(run.dataFingerprint());
        assertThat(cache.entries).hasSize(13);
        assertThat(pipeline(halves()).build().run().identity()).isEqualTo(run.identity());
    }

    @Test
    void partsThatOverlapOnTwoSidesAreRefusedBeforeAnythingIsDecoded() {
        List<Recording> recordings = new ArrayList<>(halves());
        recordings.add(part("1-uneven", "c5", Label.CONTROL, AudioPart.of(Duration.ofSeconds(2), Duration.ofMillis(250))));
        LeakException leak = catchThrowableOfType(LeakException.class,
                () -> pipeline(recordings).audit(SplitAudit.of(new NoFrames())).build().run());
        assertThat(leak.leaks()).extracting(Leak::kind).containsExactly(Leak.Kind.OVERLAP);
        assertThat(leak).hasMessageContaining("1-uneven@1.25+end (test) and 1-uneven@2+0.25 (training): they share 0.250 s of one"
                + " file, from 2.000 s on");
        assertThat(reader.reads).hasValue(0);
    }
}
