package io.github.spirabr.audio.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.ComponentException;
import io.github.spirabr.core.component.Components;
import io.github.spirabr.core.preprocessing.FeatureExtractor;
import io.github.spirabr.core.preprocessing.Preprocessing;
import io.github.spirabr.core.preprocessing.PreprocessingException;
import io.github.spirabr.core.preprocessing.WholeRecording;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FrontEndsTest {

    private static final Components COMPONENTS = Components.of(
            List.of(new LogMel.Provider(), new KaldiFbank.Provider(), new KaldiMfcc.Provider()));

    static List<FeatureExtractor> parts() {
        return List.of(LogMel.panns16kHz(), LogMel.panns32kHz(), LogMel.ast(), LogMel.whisper(), LogMel.yamnet(),
                LogMel.builder().mean(1, 2, 3).melBands(3).deviation(3, 2, 1).padding(FramePadding.MIRROR).build(),
                KaldiFbank.builder().useEnergy(true).power(false).fMax(7000).window(FrameWindow.HAMMING).build(),
                KaldiMfcc.builder().coefficients(20).cepstralLifter(0).int16Scale(true).snipEdges(false).build());
    }

    @ParameterizedTest
    @MethodSource("parts")
    void descriptionsAndBuildersMakeThemAgain(FeatureExtractor part) {
        assertThat(COMPONENTS.<FeatureExtractor>create(FeatureExtractor.class, "extract", part.description())).isEqualTo(part);
        FeatureExtractor again = switch (part.description().type()) {
            case "log-mel" -> ((LogMel) part).toBuilder().build();
            case "kaldi-fbank" -> ((KaldiFbank) part).toBuilder().build();
            default -> ((KaldiMfcc) part).toBuilder().build();
        };
        assertThat(again).isEqualTo(part);
    }

    @Test
    void pannsHasTheBitsOfItsMelSpectrogram() {
        Waveform speech = Waveform.of(GoldenSignals.signal("speech", 16_000), 16_000);
        assertThat(LogMel.panns16kHz().extract(speech)).isEqualTo(MelSpectrogram.panns16kHz().extract(speech));
        Waveform more = Waveform.of(GoldenSignals.signal("speech", 16_000), 32_000);
        assertThat(LogMel.panns32kHz().extract(more)).isEqualTo(MelSpectrogram.panns32kHz().extract(more));
    }

    @Test
    void settingsBesideThePresetReplaceIts() {
        assertThat(create("log-mel", Map.of("preset", "whisper", "melBands", 128)))
                .isEqualTo(LogMel.whisper().toBuilder().melBands(128).build());
        assertThat(create("log-mel", Map.of())).isEqualTo(LogMel.builder().build());
    }

    @Test
    void anotherRateThanThePresetsIsRefusedBeforeAndInExtraction() {
        Preprocessing whole = Preprocessing.builder().window(WholeRecording.of(Duration.ofSeconds(1))).extract(LogMel.whisper()).build();
        assertThatThrownBy(() -> whole.inputShape(44_100)).isInstanceOf(PreprocessingException.class)
                .hasMessage("the features log-mel must have recordings of 16000 Hz, but got 44100 Hz; "
                        + "set the reader's sampleRate to 16000");
        assertThatThrownBy(() -> LogMel.whisper().extract(Waveform.of(new float[44_100], 44_100)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("log-mel must get waveforms of sampleRate (16000 Hz), but got 44100 Hz; "
                        + "resample them, or set sampleRate to their rate");
    }

    @Test
    void inputsThatAreTooShortForAFrameAreRefused() {
        assertThatThrownBy(() -> KaldiFbank.builder().build().frames(399)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a window must be long enough for a frame of 400 samples, each 160 samples, but was 399 samples; "
                        + "use longer windows or a shorter frame");
        assertThat(KaldiFbank.builder().build().frames(400)).isEqualTo(1);
        assertThat(KaldiFbank.builder().snipEdges(false).build().frames(100)).isEqualTo(1);
    }

    @Test
    void statisticsFitTheBands() {
        assertThatThrownBy(() -> create("log-mel", Map.of("mean", List.of(1, 2)))).isInstanceOf(ComponentException.class)
                .hasMessageContaining("mean must be one number, or one for each of the 64 mel bands, but was 2 numbers");
        assertThatThrownBy(() -> create("log-mel", Map.of("deviation", List.of(0)))).isInstanceOf(ComponentException.class)
                .hasMessageContaining("deviation");
        assertThatThrownBy(() -> LogMel.builder().deviation(-1)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("deviation must be above 0, but was -1");
    }

    private static FeatureExtractor create(String type, Map<String, ?> settings) {
        return COMPONENTS.create(FeatureExtractor.class, "extract", new ComponentDescription(type, Map.copyOf(settings)));
    }
}
