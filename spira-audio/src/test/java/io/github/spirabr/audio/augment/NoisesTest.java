package io.github.spirabr.audio.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.preprocessing.PreprocessingException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class NoisesTest {

    private static final Sounds.Reader READER = new Sounds.Reader(Map.of(
            "ward.wav", Sounds.of(0.1, 0.2), "hall.wav", Sounds.of(0.3, 0.2)));

    @Test
    void theyAreReadAndNamedAfterTheirSources() {
        Noises noises = Noises.load("hospital", READER, List.of(Sounds.source("ward.wav"), Sounds.source("hall.wav")));
        assertThat(noises.noises()).extracting(Noises.Noise::name).containsExactly("ward.wav", "hall.wav");
        assertThat(noises.sampleRate()).isEqualTo(Sounds.RATE);
        assertThat(noises.size()).isEqualTo(2);
    }

    @Test
    void allUnreadableOnesAreNamedAtOnce() {
        assertThatThrownBy(() -> Noises.load("hospital", READER, List.of(
                        Sounds.source("gone.wav"), Sounds.source("ward.wav"), Sounds.source("lost.wav"))))
                .isInstanceOf(PreprocessingException.class)
                .hasMessage("2 of 3 noises 'hospital' could not be read; repair or remove them:\n"
                        + "  recording gone.wav: there is no such file\n"
                        + "  recording lost.wav: there is no such file");
    }

    @Test
    void allSilentOnesAreRefusedAtOnce() {
        assertThatThrownBy(() -> Noises.of("hospital", List.of(
                        new Noises.Noise("a", Sounds.silence(3)),
                        new Noises.Noise("b", Sounds.of(0, -0.1)),
                        new Noises.Noise("c", Sounds.silence(1)))))
                .isInstanceOf(PreprocessingException.class)
                .hasMessage("of the noises 'hospital', [a, c] are silent, and no gain gives them an amplitude; remove them");
    }

    @Test
    void whatDoesNotFitTogetherIsRefused() {
        assertThatThrownBy(() -> Noises.of("hospital", List.of())).hasMessageContaining("must contain at least one noise");
        Noises.Noise noise = new Noises.Noise("a", Sounds.of(1));
        assertThatThrownBy(() -> Noises.of("hospital", List.of(noise, noise))).hasMessageContaining("[a] more than once");
        assertThatThrownBy(() -> Noises.of(
                        "hospital", List.of(noise, new Noises.Noise("b", Waveform.of(new float[] {1}, 16_000)))))
                .hasMessageContaining("[1000, 16000] Hz");
        assertThatThrownBy(() -> Noises.of(" ", List.of(noise))).hasMessageContaining("must not be blank");
    }

    @Property(tries = 150)
    void theSidesOfASplitShareNothing(
            @ForAll @IntRange(min = 2, max = 12) int count,
            @ForAll @DoubleRange(min = 0.01, max = 0.99) double share,
            @ForAll long seed) {
        List<Noises.Noise> noises = new ArrayList<>(Sounds.noises("n", count, 20).noises());
        noises.add(new Noises.Noise("the first one again", noises.get(0).waveform()));
        Noises.Split split = Noises.of("all", noises).split(share, seed);
        Set<String> shared = new HashSet<>(split.training().material().keySet());
        shared.retainAll(split.evaluation().material().keySet());
        assertThat(shared).isEmpty();
        assertThat(split.training().size() + split.evaluation().size()).isEqualTo(count + 1);
        Collections.reverse(noises);
        assertThat(Noises.of("all", noises).split(share, seed).training().material().keySet())
                .isEqualTo(split.training().material().keySet());
    }

    @Test
    void whatCannotBeSplitIsRefused() {
        Waveform waveform = Sounds.of(0.5);
        Noises same = Noises.of("n", List.of(new Noises.Noise("a", waveform), new Noises.Noise("b", waveform)));
        assertThatThrownBy(() -> same.split(0.5, 1)).hasMessageContaining("all of them are the same");
        assertThatThrownBy(() -> same.split(1, 1)).hasMessageContaining("above 0 and below 1, but was 1.0");
    }

    @Test
    void theFingerprintIsOfTheSamples() {
        Noises a = Noises.of("a", List.of(new Noises.Noise("x", Sounds.of(0.5, 0.25))));
        assertThat(Noises.of("b", List.of(new Noises.Noise("y", Sounds.of(0.5, 0.25)))).fingerprint())
                .isEqualTo(a.fingerprint())
                .hasSize(64);
        assertThat(Noises.of("a", List.of(new Noises.Noise("x", Sounds.of(0.5, 0.2)))).fingerprint())
                .isNotEqualTo(a.fingerprint());
    }
}
