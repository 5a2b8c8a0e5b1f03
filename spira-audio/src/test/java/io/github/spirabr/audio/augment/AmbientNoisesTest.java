package io.github.spirabr.audio.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.preprocessing.Augmentation;
import io.github.spirabr.core.preprocessing.PreprocessingException;
import io.github.spirabr.core.random.RandomStreams;
import io.github.spirabr.core.recording.AudioSource;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AmbientNoisesTest {

    private static final Noises ROOMS = Noises.ambient("room");
    private static final Recording SPEECH =
            new Recording("c1-phrase", "c1", Label.CONTROL, Map.of(), AudioSource.ofBytes("c1", new byte[0]));

    private static Waveform constant(float value) {
        float[] samples = new float[100];
        Arrays.fill(samples, value);
        return Waveform.of(samples, 8000);
    }

    private static NoiseInsertion insertion(Noises noises) {
        return NoiseInsertion.builder().noises(noises).perControl(1).perPatient(0).amplitude(0.1, 0.1).build();
    }

    private static float first(Augmentation augmentation) {
        return augmentation.augment(constant(0.5f), SPEECH, new RandomStreams(1).stream("x")).sample(0);
    }

    @Test
    void aRunFillsThemAndTheyAreNamedByTheirSamples() {
        Augmentation filled = insertion(ROOMS)
                .inRooms(() -> new TreeMap<>(Map.of("c1-room", constant(0.02f), "c2-room", constant(0))));
        assertThat(first(filled)).isCloseTo(0.6f, within(1e-6f));
        assertThat(filled.sounds()).containsOnlyKeys("c1-room");
        assertThat(filled.description().settings()).containsEntry("noises", "room").containsKey("noisesSha256");
        assertThat(insertion(ROOMS).description().settings()).containsEntry("noises", "room").doesNotContainKey("noisesSha256");
    }

    @Test
    void categoriesOfOtherNoisesKeepTheirs() {
        Noises files = Noises.of("files", List.of(new Noises.Noise("hum", constant(0.1f))));
        SnrNoise before = SnrNoise.builder()
                .category("room", ROOMS, 0, 0, 1, 1).category("files", files, 0, 0, 1, 1).none(0).build();
        Augmentation filled = before.inRooms(() -> Map.of("c1-room", constant(0.02f)));
        assertThat(filled.sounds()).containsOnlyKeys("c1-room", "hum");
        SnrNoise withoutRooms = SnrNoise.builder().category("files", files, 0, 0, 1, 1).build();
        assertThat(withoutRooms.inRooms(() -> {
            throw new AssertionError("no room is asked for");
        })).isSameAs(withoutRooms);
    }

    @Test
    void outsideOfARunAndForEvaluationTheyAreRefused() {
        assertThatThrownBy(() -> first(insertion(ROOMS))).isInstanceOf(IllegalStateException.class)
                .hasMessage("the noises 'room' are known in a run only, when it has split its recordings");
        assertThatThrownBy(() -> EvaluationNoise.inEveryRecording(ROOMS, 1)).isInstanceOf(PreprocessingException.class)
                .hasMessageContaining("evaluation must not use");
        assertThatThrownBy(() -> insertion(ROOMS).inRooms(() -> Map.of("c1-room", constant(0))))
                .isInstanceOf(PreprocessingException.class)
                .hasMessageStartingWith("the noises 'room' must have at least one recording of the room of a training subject");
    }
}
