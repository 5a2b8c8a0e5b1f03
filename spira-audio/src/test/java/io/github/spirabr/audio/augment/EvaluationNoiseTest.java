package io.github.spirabr.audio.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.component.Components;
import io.github.spirabr.core.preprocessing.EvaluationProtocol;
import io.github.spirabr.core.preprocessing.PreprocessingException;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvaluationNoiseTest {

    private static final Noises.Split NOISES = Sounds.noises("ward", 6, 400).split(0.5, 1);
    private static final Waveform SPEECH = Sounds.random("speech", 300, 0.3);

    private static final EvaluationNoise PUBLISHED =
            EvaluationNoise.acl2021InControls(NOISES.evaluation(), 1).amplitude(0.1, 0.2).build();
    private static final EvaluationNoise EVERY =
            EvaluationNoise.inEveryRecording(NOISES.evaluation(), 2).amplitude(0.1, 0.2).seed(5).build();

    @Test
    void thePublishedProtocolChangesControlsOnlyAndSaysSo() {
        assertThat(PUBLISHED.apply(SPEECH, Sounds.control("r")).toArray()).isNotEqualTo(SPEECH.toArray());
        assertThat(PUBLISHED.apply(SPEECH, Sounds.patient("r")).toArray()).isEqualTo(SPEECH.toArray());
        assertThat(PUBLISHED.readsLabel()).isTrue();
        assertThat(PUBLISHED.disclosure()).contains("controls only").contains("labels");
    }

    @Test
    void theOtherOneDoesNotLookAtTheLabel() {
        assertThat(EVERY.apply(SPEECH, Sounds.control("r")).toArray())
                .isEqualTo(EVERY.apply(SPEECH, Sounds.patient("r")).toArray())
                .isNotEqualTo(SPEECH.toArray());
        assertThat(EVERY.readsLabel()).isFalse();
        assertThat(EVERY.disclosure()).isEqualTo("Measured with 2 noises added to every recording.");
    }

    @Test
    void aRecordingAlwaysHearsTheSameAndAnotherOneSomethingElse() {
        assertThat(EVERY.apply(SPEECH, Sounds.control("r")).toArray())
                .isEqualTo(EVERY.apply(SPEECH, Sounds.control("r")).toArray())
                .isNotEqualTo(EVERY.apply(SPEECH, Sounds.control("s")).toArray());
    }

    @Test
    void whatTrainingHeardIsRefusedUnlessToldSo() {
        NoiseInsertion training = NoiseInsertion.builder()
                .noises(NOISES.training()).perControl(1).perPatient(0).amplitude(0.1, 0.2).build();
        assertThatCode(() -> PUBLISHED.refuseMaterialOf(List.of(training))).doesNotThrowAnyException();
        EvaluationNoise.Builder same =
                EvaluationNoise.inEveryRecording(NOISES.training(), 1).amplitude(0.1, 0.2);
        assertThatThrownBy(() -> same.build().refuseMaterialOf(List.of(training)))
                .isInstanceOf(PreprocessingException.class)
                .hasMessageContaining("noise-in-every-recording mixes in [ward")
                .hasMessageContaining("split the noises");
        assertThatCode(() -> same.shareNoises(true).build().refuseMaterialOf(List.of(training)))
                .doesNotThrowAnyException();
    }

    @Test
    void theirDescriptionsMakeEqualOnes() {
        Components components =
                Components.discover().bind(Noises.class, "ward/evaluation", NOISES.evaluation());
        for (EvaluationNoise protocol : List.of(PUBLISHED, EVERY)) {
            EvaluationProtocol again =
                    components.create(EvaluationProtocol.class, "evaluation.protocol", protocol.description());
            assertThat(again.description()).isEqualTo(protocol.description());
            assertThat(again.apply(SPEECH, Sounds.control("r")).toArray())
                    .isEqualTo(protocol.apply(SPEECH, Sounds.control("r")).toArray());
        }
    }

    @Test
    void noNoiseAtAllIsNoProtocol() {
        assertThatThrownBy(() -> EvaluationNoise.inEveryRecording(NOISES.evaluation(), 0))
                .hasMessage("count must be between 1 and 1000, but was 0");
    }
}
