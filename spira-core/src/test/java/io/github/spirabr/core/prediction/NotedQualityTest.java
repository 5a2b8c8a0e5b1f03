package io.github.spirabr.core.prediction;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spirabr.core.audio.SoundNote;
import io.github.spirabr.core.audio.SourceFormat;
import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import io.github.spirabr.core.preprocessing.SlidingWindow;
import io.github.spirabr.core.quality.QualityLimits;
import io.github.spirabr.core.quality.QualityWarning;
import io.github.spirabr.core.quality.QualityWarning.Kind;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Warnings that come from the reader's notes. */
class NotedQualityTest {

    private static List<QualityWarning> warnings(float amplitude, SoundNote... notes) {
        float[] samples = new float[16_000];
        Arrays.fill(samples, amplitude);
        Waveform waveform = Waveform.decoded(samples, 16_000,
                new SourceFormat("pcm_s16le", 16_000, 2, Duration.ofSeconds(1), List.of(notes)));
        QualityCheck check = new QualityCheck(
                SlidingWindow.of(Duration.ofSeconds(1), Duration.ofSeconds(1)), QualityLimits.standard(), Optional.empty());
        return check.check(waveform, List.of(FeatureMatrix.of(1, 1, new float[] {0})));
    }

    private static SoundNote note(SoundNote.Kind kind) {
        return new SoundNote(kind, Duration.ofSeconds(1), "the text of " + kind);
    }

    @Test
    void channelsThatCancelAreNamedInThePlaceOfSilence() {
        assertThat(warnings(0, note(SoundNote.Kind.CHANNELS_CANCEL))).singleElement().satisfies(warning -> {
            assertThat(warning.kind()).isEqualTo(Kind.CHANNELS_CANCEL);
            assertThat(warning.decisive()).isTrue();
            assertThat(warning.text()).isEqualTo("the text of CHANNELS_CANCEL");
        });
        assertThat(warnings(0.1f, note(SoundNote.Kind.CHANNELS_CANCEL))).singleElement()
                .matches(warning -> !warning.decisive());
        assertThat(warnings(0)).singleElement().matches(warning -> warning.kind() == Kind.SILENT && warning.decisive());
    }

    @Test
    void soundThatWasFilledInOrLeftOutIsWarnedOf() {
        assertThat(warnings(0.1f, note(SoundNote.Kind.GAPS_FILLED), note(SoundNote.Kind.TRACKS_LEFT_OUT)))
                .extracting(QualityWarning::kind).containsExactly(Kind.INCOMPLETE, Kind.INCOMPLETE);
        assertThat(warnings(0.1f, note(SoundNote.Kind.GAPS_FILLED))).noneMatch(QualityWarning::decisive);
        assertThat(warnings(0.1f, note(SoundNote.Kind.HEADER_DISAGREES))).isEmpty();
    }
}
