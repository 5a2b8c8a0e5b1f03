package io.github.spirabr.audio.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.preprocessing.PreprocessingException;
import io.github.spirabr.core.recording.Recording;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** One test for each defect of the published code that lies in its noises. */
class PublishedDefectsTest {

    private static NoiseInsertion.Builder insertion(Noises noises) {
        return NoiseInsertion.builder().noises(noises).perControl(1).perPatient(1).amplitude(0.5, 0.5);
    }

    @Test
    void aNoiseShorterThanTheSpeechIsHeardToItsEnd() {
        // The published code drew the beginning from an empty range.
        Noises noises = Sounds.noises(Sounds.of(0.2, -0.1));
        for (int seed = 0; seed < 20; seed++) {
            float[] out =
                    insertion(noises).build().augment(Sounds.silence(5), Sounds.control("c"), Sounds.stream(seed)).toArray();
            float[] fromFirst = {0.5f, -0.25f, 0.5f, -0.25f, 0.5f};
            float[] fromSecond = {-0.25f, 0.5f, -0.25f, 0.5f, -0.25f};
            assertThat(Arrays.equals(out, fromFirst) || Arrays.equals(out, fromSecond)).isTrue();
        }
    }

    @Test
    void aSilentNoiseIsRefusedByName() {
        // The published code divided by its maximum, which is 0.
        assertThatThrownBy(() -> Noises.of("ward", List.of(
                        new Noises.Noise("hum.wav", Sounds.of(0.1)), new Noises.Noise("off.wav", Sounds.silence(3)))))
                .isInstanceOf(PreprocessingException.class)
                .hasMessage("of the noises 'ward', [off.wav] are silent, and no gain gives them an amplitude; remove them");
    }

    @Test
    void aSilentStretchOfANoiseGivesNoNaN() {
        float[] samples = new float[5000];
        samples[4321] = 0.01f;
        NoiseInsertion insertion = insertion(Sounds.noises(Waveform.of(samples, Sounds.RATE))).build();
        for (int seed = 0; seed < 50; seed++) {
            Waveform out = insertion.augment(Sounds.silence(100), Sounds.control("c"), Sounds.stream(seed));
            assertThat(Levels.peak(out)).isEqualTo(0.5f);
        }
    }

    @Test
    void aNoiseBelowZeroIsNotTurnedOver() {
        // The published code divided by the maximum, here -0.1, and not by the largest magnitude.
        Noises noises = Sounds.noises(Sounds.of(-0.1, -0.4));
        Waveform out = insertion(noises).build().augment(Sounds.silence(2), Sounds.control("c"), Sounds.stream(1));
        assertThat(out.toArray()).containsExactly(-0.125f, -0.5f);
    }

    @Test
    void patientsGetThePatientsNumberOfNoises() {
        // The published code took the controls' number for patients, too.
        NoiseInsertion insertion =
                insertion(Sounds.noises(Sounds.of(1, 1, 1))).perControl(7).perPatient(2).build();
        assertThat(level(insertion, Sounds.control("c"))).isEqualTo(3.5f);
        assertThat(level(insertion, Sounds.patient("p"))).isEqualTo(1f);
        NoiseInsertion none = insertion(Sounds.noises(Sounds.of(1, 1, 1))).perControl(3).perPatient(0).build();
        assertThat(level(none, Sounds.patient("p"))).isZero();
    }

    private static float level(NoiseInsertion insertion, Recording recording) {
        return insertion.augment(Sounds.silence(3), recording, Sounds.stream(1)).sample(0);
    }

    @Test
    void trainingAndTestDoNotHearTheSameNoises() {
        // The published code read the same files for both.
        Noises.Split split = Sounds.noises("ward", 9, 100).split(0.7, 3);
        Map<String, String> shared = new TreeMap<>(split.training().material());
        shared.keySet().retainAll(split.evaluation().material().keySet());
        assertThat(shared).isEmpty();
        NoiseInsertion training = insertion(split.training()).build();
        EvaluationNoise.acl2021InControls(split.evaluation(), 1).amplitude(0.1, 0.2).build()
                .refuseMaterialOf(List.of(training));
        EvaluationNoise same = EvaluationNoise.acl2021InControls(split.training(), 1).amplitude(0.1, 0.2).build();
        assertThatThrownBy(() -> same.refuseMaterialOf(List.of(training)))
                .isInstanceOf(PreprocessingException.class)
                .hasMessageStartingWith("the evaluation protocol acl2021-noise-in-controls mixes in [ward")
                .hasMessageEndingWith("split the noises, or allow them to be shared (shareNoises)");
    }
}
