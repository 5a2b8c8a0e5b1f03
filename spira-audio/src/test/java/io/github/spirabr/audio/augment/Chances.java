package io.github.spirabr.audio.augment;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.component.Components;
import io.github.spirabr.core.preprocessing.Augmentation;
import java.util.Arrays;
import java.util.function.DoubleFunction;

/** What every augmentation with a probability owes, and the way from its description back to it. */
final class Chances {

    private static final int TRIES = 2000;

    private Chances() {}

    /**
     * With 0 nothing is changed, with 1 everything, and with 0.3 a number within five standard deviations of a
     * binomial distribution.
     *
     * @param waveform one that the augmentation always changes
     */
    static void areKept(Waveform waveform, DoubleFunction<? extends Augmentation> withProbability) {
        assertThat(changed(waveform, withProbability.apply(0))).isZero();
        assertThat(changed(waveform, withProbability.apply(1))).isEqualTo(TRIES);
        double deviation = Math.sqrt(TRIES * 0.3 * 0.7);
        assertThat((double) changed(waveform, withProbability.apply(0.3)))
                .isBetween(TRIES * 0.3 - 5 * deviation, TRIES * 0.3 + 5 * deviation);
    }

    private static int changed(Waveform waveform, Augmentation augmentation) {
        int changed = 0;
        for (int seed = 0; seed < TRIES; seed++) {
            Waveform out = augmentation.augment(waveform, Sounds.control("c"), Sounds.stream(seed));
            changed += Arrays.equals(out.toArray(), waveform.toArray()) ? 0 : 1;
        }
        return changed;
    }

    /** The augmentation that a description makes, after it was compared with the described one. */
    static Augmentation remade(Augmentation augmentation) {
        Augmentation again = Components.discover()
                .create(Augmentation.class, "preprocessing.augment[0]", augmentation.description());
        assertThat(again.description()).isEqualTo(augmentation.description());
        assertThat(again.description().settings().keySet())
                .containsExactlyElementsOf(augmentation.description().settings().keySet());
        return again;
    }
}
