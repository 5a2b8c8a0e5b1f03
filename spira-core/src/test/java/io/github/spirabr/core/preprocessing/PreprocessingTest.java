package io.github.spirabr.core.preprocessing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.preprocessing.FixedLength.LongRecordings;
import io.github.spirabr.core.preprocessing.FixedLength.Padding;
import io.github.spirabr.core.random.RandomStreams;
import io.github.spirabr.core.recording.AudioSource;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class PreprocessingTest {

    /** One frame for each sample, one feature: the sample and one. */
    private static final class PlusOne implements FeatureExtractor {

        @Override
        public int features() {
            return 1;
        }

        @Override
        public int frames(int samples) {
            return samples;
        }

        @Override
        public FeatureMatrix extract(Waveform waveform) {
            float[] values = waveform.toArray();
            for (int i = 0; i < values.length; i++) {
                values[i]++;
            }
            return FeatureMatrix.of(values.length, 1, values);
        }

        @Override
        public ComponentDescription description() {
            return new ComponentDescription("plus-one", Map.of());
        }
    }

    private static final class RandomOffset implements Augmentation, FeatureAugmentation {

        @Override
        public Waveform augment(Waveform waveform, Recording recording, RandomGenerator random) {
            return Waveform.of(offset(waveform.toArray(), random), waveform.sampleRate());
        }

        @Override
        public FeatureMatrix augment(FeatureMatrix window, Recording recording, RandomGenerator random) {
            return FeatureMatrix.of(window.frames(), window.features(), offset(window.toArray(), random));
        }

        private static float[] offset(float[] values, RandomGenerator random) {
            float offset = (float) random.nextDouble();
            for (int i = 0; i < values.length; i++) {
                values[i] += offset;
            }
            return values;
        }

        @Override
        public ComponentDescription description() {
            return new ComponentDescription("offset", Map.of());
        }
    }

    private static final SlidingWindow WINDOWS = SlidingWindow.of(Duration.ofSeconds(4), Duration.ofSeconds(2));
    private static final Waveform WAVEFORM = Waveform.of(new float[] {1, 2, 3, 4, 5, 6, 7}, 1);

    private static Recording recording(String id) {
        return new Recording(id, id, Label.CONTROL, Map.of(), new AudioSource() {
            @Override
            public String name() {
                return id;
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(new byte[0]);
            }
        });
    }

    private static Preprocessing all() {
        Augmentation waveforms = new RandomOffset();
        FeatureAugmentation features = new RandomOffset();
        return Preprocessing.builder()
                .augment(waveforms)
                .window(RandomWindow.of(WINDOWS))
                .extract(new PlusOne())
                .augment(features)
                .build();
    }

    @Test
    void evaluationDrawsNothing() {
        assertThat(all().features(WAVEFORM)).containsExactly(
                FeatureMatrix.of(4, 1, new float[] {2, 3, 4, 5}), FeatureMatrix.of(4, 1, new float[] {4, 5, 6, 7}));
    }

    @Test
    void anythingThatDrawsAugments() {
        FeatureAugmentation features = new RandomOffset();
        assertThat(Preprocessing.builder().window(WINDOWS).extract(new PlusOne()).build().augments()).isFalse();
        assertThat(Preprocessing.builder().window(RandomWindow.of(WINDOWS)).extract(new PlusOne()).build().augments())
                .isTrue();
        assertThat(Preprocessing.builder().window(WINDOWS).extract(new PlusOne()).augment(features).build().augments())
                .isTrue();
    }

    @Test
    void featuresOfEachWindowAreAugmentedOnTheirOwn() {
        FeatureAugmentation features = new RandomOffset();
        Preprocessing preprocessing =
                Preprocessing.builder().window(WINDOWS).extract(new PlusOne()).augment(features).build();
        RandomStreams streams = new RandomStreams(1);
        RandomGenerator expected = streams.stream("feature augmentation 0", 3, "r");
        List<FeatureMatrix> windows = preprocessing.trainingFeatures(WAVEFORM, recording("r"), 3, streams);
        assertThat(windows.get(0).value(0, 0)).isEqualTo(2 + (float) expected.nextDouble());
        assertThat(windows.get(1).value(0, 0)).isEqualTo(4 + (float) expected.nextDouble());
    }

    @Test
    void everyEpochIsAnotherAndEachIsRepeatable() {
        RandomStreams streams = new RandomStreams(1);
        assertThat(all().trainingFeatures(WAVEFORM, recording("r"), 1, streams))
                .isEqualTo(all().trainingFeatures(WAVEFORM, recording("r"), 1, streams))
                .isNotEqualTo(all().trainingFeatures(WAVEFORM, recording("r"), 2, streams))
                .isNotEqualTo(all().trainingFeatures(WAVEFORM, recording("s"), 1, streams));
    }

    @Test
    void oneAndEightThreadsGiveTheSameBits() throws InterruptedException, ExecutionException {
        assertThat(onThreads(8)).isEqualTo(onThreads(1));
    }

    private static List<List<FeatureMatrix>> onThreads(int threads) throws InterruptedException, ExecutionException {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            Preprocessing preprocessing = all();
            List<Future<List<FeatureMatrix>>> futures = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                Recording recording = recording("r" + i);
                futures.add(executor.submit(
                        () -> preprocessing.trainingFeatures(WAVEFORM, recording, 1, new RandomStreams(5))));
            }
            List<List<FeatureMatrix>> results = new ArrayList<>();
            for (Future<List<FeatureMatrix>> future : futures) {
                results.add(future.get());
            }
            return results;
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void aPlanIsFittedOnTrainingLengthsAlone() {
        FeatureAugmentation features = new RandomOffset();
        PreprocessingPlan plan = Preprocessing.builder()
                .window(PadToLongest.create())
                .extract(new PlusOne())
                .augment(features)
                .build();
        assertThat(plan.needsFitting()).isTrue();
        Preprocessing fitted = plan.fit(TrainingLengths.of(new int[] {2, 9}, 1));
        assertThat(fitted.inputShape(1)).isEqualTo(new InputShape(9, 1));
        assertThat(fitted.featureAugmentations()).containsExactly(features);
        assertThat(fitted.features(WAVEFORM))
                .containsExactly(FeatureMatrix.of(9, 1, new float[] {2, 3, 4, 5, 6, 7, 8, 1, 1}));
        PreprocessingPlan nothingToFit = all();
        assertThat(nothingToFit.needsFitting()).isFalse();
        assertThat(nothingToFit.fit(TrainingLengths.of(new int[] {2}, 1))).isSameAs(nothingToFit);
    }

    @Test
    void publishedPaddingAppendsFramesOfZeros() {
        Preprocessing published = Preprocessing.builder()
                .window(PadToLongest.create().padding(Padding.ZERO_FRAMES).longRecordings(LongRecordings.SPLIT))
                .extract(new PlusOne())
                .build()
                .fit(TrainingLengths.of(new int[] {5}, 1));
        assertThat(published.features(WAVEFORM)).containsExactly(
                FeatureMatrix.of(5, 1, new float[] {2, 3, 4, 5, 6}), FeatureMatrix.of(5, 1, new float[] {7, 8, 0, 0, 0}));
    }
}
