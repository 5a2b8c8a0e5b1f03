package io.github.spirabr.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.spirabr.core.model.TrainingData.Sampling;
import io.github.spirabr.core.random.RandomStreams;
import io.github.spirabr.core.recording.Label;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SamplingTest {

    private static List<Label> labels(int controls, int patients) {
        List<Label> labels = new ArrayList<>(Collections.nCopies(controls, Label.CONTROL));
        labels.addAll(Collections.nCopies(patients, Label.PATIENT));
        return labels;
    }

    @Property
    void shufflingGivesEachRecordingOnce(@ForAll @IntRange(max = 50) int controls, @ForAll long seed) {
        int[] order = Sampling.SHUFFLED.draw(labels(controls, 7), new SplittableRandom(seed));
        Arrays.sort(order);
        assertThat(order).hasSize(controls + 7);
        for (int i = 0; i < order.length; i++) {
            assertThat(order[i]).isEqualTo(i);
        }
    }

    @Test
    void balancedDrawsGiveBothClassesAlikeAndWithinThemEachRecording() {
        List<Label> labels = labels(9000, 1000);
        int[] order = Sampling.BALANCED.draw(labels, new RandomStreams(3).stream("order", 1, ""));
        assertThat(order).hasSize(10_000);
        long patients = Arrays.stream(order).filter(place -> labels.get(place) == Label.PATIENT).count();
        // Five standard deviations of a fair coin.
        assertThat((double) patients).isCloseTo(5000, within(250.0));
        long firstHalf = Arrays.stream(order).filter(place -> place >= 9000 && place < 9500).count();
        assertThat((double) firstHalf).isCloseTo(patients / 2.0, within(180.0));
        assertThat(Sampling.BALANCED.draw(labels, new RandomStreams(3).stream("order", 1, ""))).isEqualTo(order);
        assertThat(Sampling.BALANCED.draw(labels, new RandomStreams(3).stream("order", 2, ""))).isNotEqualTo(order);
    }

    @Test
    void aClassWithoutRecordingsCannotBeBalanced() {
        assertThatThrownBy(() -> Sampling.BALANCED.draw(labels(5, 0), new SplittableRandom(1)))
                .isInstanceOf(TrainingException.class)
                .hasMessage("balanced sampling must have recordings of both classes, but there is no PATIENT among the 5"
                        + " training recordings");
    }
}
