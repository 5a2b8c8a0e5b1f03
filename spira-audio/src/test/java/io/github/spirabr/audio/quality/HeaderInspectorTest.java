package io.github.spirabr.audio.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.spirabr.audio.decode.FfmpegAudioReader;
import io.github.spirabr.core.audio.AudioException;
import io.github.spirabr.core.audio.SourceFormat;
import io.github.spirabr.core.inspection.RecordingFacts;
import io.github.spirabr.core.recording.AudioSource;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderInspectorTest {

    private static Recording recording(AudioSource audio) {
        return new Recording("r", "s", Label.CONTROL, Map.of(), audio);
    }

    private static AudioSource fixture(String name) {
        return AudioSource.of(name, () -> {
            InputStream in = FfmpegAudioReader.class.getResourceAsStream("/io/github/spirabr/audio/" + name);
            return Objects.requireNonNull(in, name);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"decode/tones-s24.wav", "decode/tones-24.flac", "decode/tones-opus.ogg", "decode/tones-vorbis.ogg",
        "decode/tones-alac.m4a", "decode/tones-alaw.wav", "fingerprint/utterance-16k.mp3", "fingerprint/utterance-24k.m4a"})
    void headersSayWhatDecodingFinds(String name) {
        SourceFormat decoded = FfmpegAudioReader.builder().build().read("r", fixture(name)).source().orElseThrow();
        RecordingFacts facts = new HeaderInspector().inspect(recording(fixture(name)));
        assertThat(facts.traits()).containsEntry("codec", decoded.codec())
                .containsEntry("sampleRate", Integer.toString(decoded.sampleRate()))
                .containsEntry("channels", Integer.toString(decoded.channels()));
        double seconds = decoded.duration().toNanos() / 1e9;
        // A lossy codec's header counts the encoder's delay, too.
        assertThat(facts.measures().get("durationSeconds")).isCloseTo(seconds, within(0.15));
        assertThat(facts.content()).isEmpty();
        assertThat(facts.sound()).isEmpty();
    }

    @Test
    void whatIsNoAudioIsRefused() {
        assertThatThrownBy(() -> new HeaderInspector().inspect(recording(AudioSource.ofBytes("r", "no audio".getBytes(StandardCharsets.UTF_8)))))
                .isInstanceOfSatisfying(AudioException.class,
                        e -> assertThat(e.reason()).isEqualTo(AudioException.Reason.NOT_AUDIO));
        assertThatThrownBy(() -> new HeaderInspector().inspect(recording(AudioSource.ofBytes("r", new byte[0]))))
                .isInstanceOfSatisfying(AudioException.class, e -> assertThat(e.reason()).isEqualTo(AudioException.Reason.EMPTY));
    }
}
