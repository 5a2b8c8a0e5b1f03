package io.github.spirabr.audio.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spirabr.audio.decode.FfmpegAudioReader;
import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.audit.KnownSounds;
import io.github.spirabr.core.audit.Leak;
import io.github.spirabr.core.audit.SplitAudit;
import io.github.spirabr.core.audit.SplitAudit.SoundPrint;
import io.github.spirabr.core.recording.AudioSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sounds of a training, stored and read again, are found among those of another data set, and no others are. */
@Tag("slow")
class KnownSoundsTest {

    private static final SplitAudit AUDIT = SplitAudit.of(new BandFingerprinter());
    private static final int KNOWN = 40;

    private static KnownSounds stored(List<SoundPrint> prints) {
        return KnownSounds.read(KnownSounds.of(AUDIT.method(), prints).toBytes());
    }

    /** Quantised as by 8-bit mu-law, at most. */
    private static Waveform companded(Waveform waveform) {
        float[] samples = new float[waveform.length()];
        for (int i = 0; i < samples.length; i++) {
            double value = Math.signum(waveform.sample(i)) * Math.log1p(255 * Math.abs(waveform.sample(i))) / Math.log(256);
            double coarse = Math.rint(value * 127) / 127;
            samples[i] = (float) (Math.signum(coarse) * (Math.pow(256, Math.abs(coarse)) - 1) / 255);
        }
        return Waveform.of(samples, waveform.sampleRate());
    }

    @Test
    void aHundredSetsWithOneKnownSoundInAnotherFormAreFoundAndAHundredWithoutAreNot() {
        List<SoundPrint> prints = new ArrayList<>();
        for (int i = 0; i < KNOWN; i++) {
            prints.add(AUDIT.print(Voices.utterance("known" + i, 3)));
        }
        KnownSounds known = stored(prints);
        List<SoundPrint> others = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            others.add(AUDIT.print(Voices.utterance("other" + i, 2 + i % 3)));
        }
        for (int set = 0; set < 100; set++) {
            Random random = new Random(set);
            Map<String, SoundPrint> ofSet = new HashMap<>();
            for (int i = 0; i < 8; i++) {
                int one = random.nextInt(others.size());
                ofSet.put("other" + one, others.get(one));
            }
            assertThat(known.search(ofSet)).as("set %d", set).isEmpty();
            Waveform original = Voices.utterance("known" + random.nextInt(KNOWN), 3);
            int start = random.nextInt(1000);
            Waveform changed = Voices.changed(original, start, original.length() - random.nextInt(1000),
                    0.2 + random.nextDouble());
            ofSet.put("copy", AUDIT.print(set % 2 == 0 ? companded(changed) : changed));
            assertThat(known.search(ofSet)).as("set %d", set).containsOnlyKeys("copy");
        }
    }

    @Test
    void theKindOfLikenessIsNamed() {
        Waveform original = Voices.utterance("original", 6);
        KnownSounds known = stored(List.of(AUDIT.print(original)));
        assertThat(known.size()).isEqualTo(1);
        assertThat(known.method()).isEqualTo(AUDIT.method());
        assertThat(known.search(Map.of("same", AUDIT.print(original),
                "softer", AUDIT.print(Voices.changed(original, 0, original.length(), 0.5)),
                "part", AUDIT.print(Voices.changed(original, 9000, 30_000, 1)))))
                .containsEntry("same", Leak.Kind.IDENTICAL_AUDIO)
                .containsEntry("softer", Leak.Kind.NEAR_IDENTICAL_AUDIO)
                .containsEntry("part", Leak.Kind.WINDOW);
    }

    @ParameterizedTest
    @ValueSource(strings = {"12k.opus", "16k.mp3", "24k.m4a", "telephone.wav", "11025.flac"})
    void anotherCodecOrRate(String name) {
        KnownSounds known = stored(List.of(AUDIT.print(read("utterance.flac"))));
        assertThat(known.search(Map.of("x", AUDIT.print(read("utterance-" + name)))))
                .containsExactly(Map.entry("x", Leak.Kind.NEAR_IDENTICAL_AUDIO));
    }

    private static Waveform read(String name) {
        return FfmpegAudioReader.builder().sampleRate(Voices.RATE).build().read(name, AudioSource.of(name,
                () -> Objects.requireNonNull(KnownSoundsTest.class.getResourceAsStream(name))));
    }
}
