package io.github.spirabr.core.preprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.dataset.Recordings;
import io.github.spirabr.core.preprocessing.BatchAugmentation.LabelledWindow;
import io.github.spirabr.core.random.RandomStreams;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/**
 * One test for each defect of the published code that lies between a waveform and the network's input and not in its
 * noises, which have a class of this name of their own. What TypesHoldTheOrderTest shows of augmentation before the
 * split does not compile.
 */
class PublishedDefectsTest {

    private static final SlidingWindow WINDOWS = SlidingWindow.of(Duration.ofSeconds(4), Duration.ofSeconds(1));

    /** The samples themselves, one frame each. */
    private static final class Samples implements FeatureExtractor {

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
            return FeatureMatrix.of(waveform.length(), 1, waveform.toArray());
        }

        @Override
        public ComponentDescription description() {
            return new ComponentDescription("samples", Map.of());
        }
    }

    /** Turns every sample over. */
    private static final class Negated implements Augmentation {

        @Override
        public Waveform augment(Waveform waveform, Recording recording, RandomGenerator random) {
            float[] samples = waveform.toArray();
            for (int i = 0; i < samples.length; i++) {
                samples[i] = -samples[i];
            }
            return Waveform.of(samples, waveform.sampleRate());
        }

        @Override
        public ComponentDescription description() {
            return new ComponentDescription("negated", Map.of());
        }
    }

    /** 1, 2, 3 and so on, at 10 Hz. */
    private static Waveform counting(int length) {
        float[] samples = new float[length];
        for (int i = 0; i < length; i++) {
            samples[i] = i + 1;
        }
        return Waveform.of(samples, 10);
    }

    private static LabelledWindow labelled(double value, double target) {
        return new LabelledWindow(FeatureMatrix.of(1, 1, new float[] {(float) value}), target);
    }

    private static RandomGenerator stream(long seed) {
        return new RandomStreams(seed).stream("test");
    }

    @Test
    void theLastFullWindowIsNotDropped() {
        // 6 s are windows from 0, 1 and 2 s; the published loop ended before the third.
        assertThat(WINDOWS.windows(60, 10))
                .containsExactly(new WindowSpan(0, 40), new WindowSpan(10, 40), new WindowSpan(20, 40));
        assertThat(Acl2021SlidingWindow.of(Duration.ofSeconds(4), Duration.ofSeconds(1)).windows(60, 10))
                .containsExactly(new WindowSpan(0, 40), new WindowSpan(10, 40));
    }

    @Test
    void aRecordingOfExactlyOneWindowGivesIt() {
        assertThat(WINDOWS.windows(40, 10)).containsExactly(new WindowSpan(0, 40));
        assertThat(RandomWindow.of(WINDOWS).trainingWindows(40, 10, stream(1))).containsExactly(new WindowSpan(0, 40));
        assertThatThrownBy(() ->
                        Acl2021SlidingWindow.of(Duration.ofSeconds(4), Duration.ofSeconds(1)).windows(40, 10))
                .isInstanceOf(ShortRecordingException.class);
    }

    @Property(tries = 100)
    void windowsAreCutAlongTimeAndNotAlongChannels(@ForAll @IntRange(min = 1, max = 200) int length) {
        // The published code cut [channels, samples] along the first axis.
        Preprocessing preprocessing = Preprocessing.builder().window(WINDOWS).extract(new Samples()).build();
        List<FeatureMatrix> windows = preprocessing.features(counting(length));
        assertThat(windows).hasSize(length < 40 ? 1 : 1 + (length - 40) / 10);
        for (int w = 0; w < windows.size(); w++) {
            FeatureMatrix window = windows.get(w);
            assertThat(window.frames()).isEqualTo(40);
            for (int frame = 0; frame < 40; frame++) {
                int sample = 10 * w + frame;
                assertThat(window.value(frame, 0)).isEqualTo(sample < length ? sample + 1 : 0);
            }
        }
    }

    @Test
    void augmentationComesAfterTheSplitAndEvaluationNeverHearsIt() {
        // The published redesign augmented first and split afterwards.
        Preprocessing plain = Preprocessing.builder().window(WINDOWS).extract(new Samples()).build();
        Preprocessing augmenting =
                Preprocessing.builder().augment(new Negated()).window(WINDOWS).extract(new Samples()).build();
        Waveform waveform = counting(50);
        assertThat(augmenting.features(waveform)).isEqualTo(plain.features(waveform));
        Recording recording = Recordings.of("r", "s", Label.CONTROL);
        List<FeatureMatrix> training = augmenting.trainingFeatures(waveform, recording, 1, new RandomStreams(1));
        assertThat(training).hasSameSizeAs(plain.features(waveform));
        assertThat(training.get(0).value(0, 0)).isEqualTo(-1);
        assertThat(waveform.sample(0)).isEqualTo(1);
    }

    @Test
    void mixupMixesClassesToo() {
        // The published redesign mixed within one class only.
        List<LabelledWindow> batch = List.of(labelled(1, 1), labelled(0, 0), labelled(0, 0), labelled(1, 1));
        for (int seed = 0; seed < 100; seed++) {
            for (LabelledWindow mixture : Mixup.of(1).augment(batch, stream(seed))) {
                assertThat(mixture.target()).isStrictlyBetween(0.0, 1.0);
                assertThat((float) mixture.target()).isEqualTo(mixture.features().value(0, 0));
            }
        }
    }

    @Property(tries = 60)
    void anOddNumberOfItemsIsMixedToTheEnd(@ForAll @IntRange(min = 1, max = 30) int size, @ForAll long seed) {
        // The published generator of pairs ended in an error on an odd number.
        List<LabelledWindow> batch = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            batch.add(labelled(i, 0.5));
        }
        List<LabelledWindow> mixed = Mixup.of(0.4).augment(batch, stream(seed));
        assertThat(mixed).hasSize(size / 2 + size % 2);
        assertThat(mixed.get(mixed.size() - 1).features().value(0, 0)).isBetween((float) (size - 2), (float) size - 1);
    }
}
