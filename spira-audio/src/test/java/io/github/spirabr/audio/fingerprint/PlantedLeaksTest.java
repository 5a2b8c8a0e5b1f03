package io.github.spirabr.audio.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.spirabr.audio.decode.FfmpegAudioReader;
import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.audit.Leak;
import io.github.spirabr.core.audit.LeakException;
import io.github.spirabr.core.audit.SplitAudit;
import io.github.spirabr.core.audit.SplitAudit.SoundPrint;
import io.github.spirabr.core.dataset.Dataset;
import io.github.spirabr.core.dataset.DatasetSplit;
import io.github.spirabr.core.dataset.InvalidDatasetException;
import io.github.spirabr.core.dataset.SubjectSplit;
import io.github.spirabr.core.recording.AudioPart;
import io.github.spirabr.core.recording.AudioSource;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every planted leak is found, and what is clean is called clean. */
@Tag("slow")
class PlantedLeaksTest {

    private static final SplitAudit AUDIT = SplitAudit.of(new BandFingerprinter());
    private static final Path SPEECH = Path.of("../../shared/data/pause-speech");

    /** Prints of the recordings that every test begins with, which take most of the time. */
    private static final Map<String, SoundPrint> BEGINNING = new HashMap<>();

    private static SoundPrint beginning(String name) {
        return BEGINNING.computeIfAbsent(name, any -> AUDIT.print(Voices.utterance(name, 3)));
    }

    /** Four subjects a side with a recording each, all of them different. */
    private static final class Planted {

        private final List<Recording> recordings = new ArrayList<>();
        private final Map<String, SoundPrint> prints = new HashMap<>();
        private final List<SplitAudit.Noise> noises = new ArrayList<>();
        private final Set<String> tested = new HashSet<>();

        Planted() {
            for (String side : List.of("training", "validation", "test")) {
                for (int i = 0; i < 4; i++) {
                    add(side, side + i, beginning(side + i));
                }
            }
        }

        Planted add(String side, String name, Waveform waveform) {
            return add(side, name, AUDIT.print(waveform));
        }

        private Planted add(String side, String name, SoundPrint print) {
            String subject = side.charAt(0) + "-" + name;
            if (side.equals("test")) {
                tested.add(subject);
            }
            recordings.add(new Recording(name, subject, recordings.size() % 2 == 0 ? Label.CONTROL : Label.PATIENT,
                    Map.of(), AudioSource.ofBytes(name, new byte[0])));
            prints.put(name, print);
            return this;
        }

        Planted noise(String name, boolean evaluation, boolean shared, Waveform waveform) {
            noises.add(new SplitAudit.Noise(name, evaluation, shared, AUDIT.print(waveform)));
            return this;
        }

        DatasetSplit split() {
            Dataset dataset = Dataset.of("planted", recordings);
            Map<Boolean, Set<String>> heldOut = dataset.subjects().stream()
                    .filter(subject -> !subject.startsWith("t") || tested.contains(subject))
                    .collect(Collectors.partitioningBy(subject -> subject.startsWith("t"), Collectors.toSet()));
            return dataset.split(SubjectSplit.holdingOut(heldOut.get(false), heldOut.get(true)), 1);
        }

        List<Leak> leaks() {
            LeakException found = catchThrowableOfType(
                    LeakException.class, () -> AUDIT.search("planted", split(), prints, noises));
            return found == null ? List.of() : found.leaks();
        }
    }

    private static Waveform original() {
        return Voices.utterance("training2", 3);
    }

    private static void assertFound(Planted planted, Leak.Kind kind) {
        assertThat(planted.leaks()).containsExactly(new Leak(kind, "training2", "training", "x", "test"));
    }

    @Test
    void identicalAudio() {
        assertFound(new Planted().add("test", "x", original()), Leak.Kind.IDENTICAL_AUDIO);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.7, 1.9})
    void louderOrSofter(double gain) {
        Waveform waveform = original();
        assertFound(new Planted().add("test", "x", Voices.changed(waveform, 0, waveform.length(), gain)),
                Leak.Kind.NEAR_IDENTICAL_AUDIO);
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "37, 0", "47, 1203", "800, 0", "0, 999"})
    void trimmedByALittle(int fromStart, int fromEnd) {
        Waveform waveform = original();
        assertFound(new Planted().add("test", "x",
                Voices.changed(waveform, fromStart, waveform.length() - fromEnd, 1)), Leak.Kind.NEAR_IDENTICAL_AUDIO);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3001, 8000})
    void aWindowCutOutOfALongerRecording(int from) {
        Waveform whole = Voices.utterance("long", 8);
        Planted planted = new Planted().add("training", "long", whole);
        planted.add("test", "x", Voices.changed(whole, from, from + 20_000, 1));
        assertThat(planted.leaks()).containsExactly(new Leak(Leak.Kind.WINDOW, "long", "training", "x", "test"));
    }

    @ParameterizedTest
    @CsvSource({"3001, 4000", "20000, 4000", "8000, 12000", "7, 6001"})
    void anExactExcerptTooShortForFingerprints(int from, int length) {
        Waveform whole = Voices.utterance("long", 8);
        Planted planted = new Planted().add("test", "x", whole);
        planted.add("training", "piece", Voices.changed(whole, from, from + length, 1));
        assertThat(planted.leaks()).containsExactly(new Leak(Leak.Kind.WINDOW, "piece", "training", "x", "test"));
    }

    @Test
    void aBeepThatManyRecordingsBeginWithIsNoLeak() {
        Waveform beep = Voices.changed(Voices.utterance("beep", 1), 0, 6000, 1);
        Planted planted = new Planted();
        for (int i = 0; i < 6; i++) {
            planted.add("training", "beeped" + i, joined(beep, Voices.utterance("beeped" + i, 3)));
            planted.add("test", "x-beeped" + i, joined(beep, Voices.utterance("x-beeped" + i, 3)));
        }
        assertThat(planted.leaks()).isEmpty();
    }

    private static Waveform joined(Waveform first, Waveform second) {
        float[] samples = new float[first.length() + second.length()];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = i < first.length() ? first.sample(i) : second.sample(i - first.length());
        }
        return Waveform.of(samples, first.sampleRate());
    }

    @Test
    void aSetThatIsMostlySilentCannotBeAudited() {
        Planted planted = new Planted();
        for (int i = 0; i < 5; i++) {
            planted.add("test", "x-silent" + i, Waveform.of(new float[16_000 + i], Voices.RATE));
        }
        assertThatThrownBy(() -> AUDIT.search("planted", planted.split(), planted.prints, planted.noises))
                .isInstanceOf(InvalidDatasetException.class)
                .hasMessageContaining("5 of 9 recordings of the test set are too short or too quiet to be compared")
                .hasMessageContaining("x-silent0");
    }

    @Test
    void twoWindowsThatOverlap() {
        Waveform whole = Voices.utterance("long", 8);
        Planted planted = new Planted().add("training", "first", Voices.changed(whole, 0, 32_000, 1));
        planted.add("test", "x", Voices.changed(whole, 16_000, 48_000, 1));
        assertThat(planted.leaks()).containsExactly(new Leak(Leak.Kind.WINDOW, "first", "training", "x", "test"));
    }

    /** At the file's own rate and resampled: what lies beside a part reaches into it by the filter alone. */
    @ParameterizedTest
    @ValueSource(ints = {Voices.RATE, 11_025})
    void partsOfOneFileThatMeetAreNoLeak(int rate) throws IOException {
        Waveform whole = Voices.utterance("interview", 100);
        AudioSource file = AudioSource.ofBytes("interview.wav", wav(whole, rate));
        FfmpegAudioReader reader = FfmpegAudioReader.builder().sampleRate(Voices.RATE).build();
        Planted planted = new Planted();
        for (int i = 0; i < 30; i++) {
            AudioPart part = AudioPart.of(Duration.ofMillis(2400L * i), Duration.ofMillis(2400));
            planted.add(i % 3 == 0 ? "test" : i % 3 == 1 ? "training" : "validation", "x" + i,
                    reader.read("x" + i, AudioSource.partOf(file, part)));
        }
        assertThat(planted.leaks()).isEmpty();
        planted.add("test", "x-late", reader.read("x-late", AudioSource.partOf(file,
                AudioPart.of(Duration.ofMillis(2400 + 1000), Duration.ofMillis(1200)))));
        assertThat(planted.leaks()).extracting(Leak::second).containsExactly("x-late");
    }

    private static byte[] wav(Waveform waveform, int rate) throws IOException {
        byte[] samples = new byte[2 * waveform.length()];
        for (int i = 0; i < waveform.length(); i++) {
            int value = Math.round(waveform.sample(i) * 32768);
            samples[2 * i] = (byte) value;
            samples[2 * i + 1] = (byte) (value >> 8);
        }
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        AudioSystem.write(new AudioInputStream(new ByteArrayInputStream(samples), new AudioFormat(rate, 16, 1, true, false),
                waveform.length()), AudioFileFormat.Type.WAVE, file);
        return file.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(strings = {"12k.opus", "16k.mp3", "24k.m4a", "telephone.wav", "11025.flac"})
    void anotherCodecOrRate(String name) {
        Planted planted = new Planted().add("training", "original", read("utterance.flac"));
        planted.add("test", "x", read("utterance-" + name));
        assertThat(planted.leaks())
                .containsExactly(new Leak(Leak.Kind.NEAR_IDENTICAL_AUDIO, "original", "training", "x", "test"));
    }

    private static Waveform read(String name) {
        return FfmpegAudioReader.builder().sampleRate(Voices.RATE).build().read(name, AudioSource.of(name, () -> {
            InputStream in = PlantedLeaksTest.class.getResourceAsStream(name);
            assertThat(in).isNotNull();
            return in;
        }));
    }

    @Test
    void oneNoiseInTrainingAndEvaluation() {
        Waveform noise = Voices.utterance("noise", 3);
        assertThat(new Planted().noise("ward.wav", false, false, noise)
                .noise("corridor.wav", true, false, Voices.changed(noise, 100, noise.length(), 0.5)).leaks())
                .containsExactly(new Leak(Leak.Kind.NOISE, "ward.wav", "training", "corridor.wav", "evaluation"));
    }

    @Test
    void aNoiseThatIsARecordingOfTheOtherSide() {
        assertThat(new Planted().noise("ward.wav", false, false, Voices.utterance("test1", 3)).leaks())
                .containsExactly(new Leak(Leak.Kind.NOISE, "test1", "test", "ward.wav", "training"));
        assertThat(new Planted().noise("ward.wav", true, true, Voices.utterance("training1", 3)).leaks())
                .containsExactly(new Leak(Leak.Kind.NOISE, "training1", "training", "ward.wav", "evaluation"));
    }

    @Test
    void noisesThatMayBeSharedAreWarnedOf() {
        Waveform noise = Voices.utterance("noise", 3);
        Planted planted = new Planted().noise("a.wav", false, true, noise).noise("a.wav", true, true, noise);
        assertThat(AUDIT.search("planted", planted.split(), planted.prints, planted.noises).sharedNoises())
                .containsExactly(new Leak(Leak.Kind.NOISE, "a.wav", "training", "a.wav", "evaluation"));
    }

    @Test
    void onePersonUnderTwoSpellings() {
        Planted planted = new Planted().add("training", "TESTER", Voices.utterance("a", 3));
        planted.add("test", "tester", Voices.utterance("b", 3));
        assertThat(planted.leaks()).containsExactly(new Leak(
                Leak.Kind.SUBJECT, "subject 't-TESTER'", "training", "subject 't-tester'", "test"));
    }

    @ParameterizedTest
    @CsvSource({"Jos\u00e9, Jose", "P\u201307, P07", "Ana\u00a0Reis, Ana Reis", "007, 7"})
    void subjectsWithNearlyTheSameNameInTwoSetsAreSuspects(String one, String other) {
        Planted planted = new Planted().add("training", one, Voices.utterance("a", 3));
        planted.add("test", other, Voices.utterance("b", 3));
        assertThat(AUDIT.search("planted", planted.split(), planted.prints, planted.noises).likeSubjects()).singleElement()
                .satisfies(pair -> assertThat(Set.of(pair.first(), pair.second()))
                        .containsExactlyInAnyOrder("subject 't-" + one + "'", "subject 't-" + other + "'"));
    }

    @Test
    void theMessageNamesBothRecordingsAndTheWayOut() {
        Planted planted = new Planted().add("test", "x", original());
        assertThat(catchThrowableOfType(
                LeakException.class, () -> AUDIT.search("planted", planted.split(), planted.prints, planted.noises)))
                .hasMessageContaining("planted: the split leaks between its sets (1 leak)")
                .hasMessageContaining("training2 (training) and x (test): they sound the very same")
                .hasMessageContaining("What to do: take one of them out, or give both the subject who speaks");
    }

    @Test
    void aHundredCleanSetsRaiseNoAlarm() {
        List<SoundPrint> prints = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            prints.add(AUDIT.print(Voices.utterance("clean" + i, 2 + i % 3)));
        }
        for (int set = 0; set < 100; set++) {
            assertClean(prints, set);
        }
    }

    private static void assertClean(List<SoundPrint> prints, int set) {
        Random random = new Random(set);
        List<Recording> recordings = new ArrayList<>();
        Map<String, SoundPrint> ofSet = new HashMap<>();
        for (int i = 0; i < prints.size(); i++) {
            if (random.nextInt(5) < 2) {
                String id = "clean" + i;
                recordings.add(new Recording(id, id, recordings.size() % 2 == 0 ? Label.CONTROL : Label.PATIENT, Map.of(),
                        AudioSource.ofBytes(id, new byte[0])));
                ofSet.put(id, prints.get(i));
            }
        }
        Dataset dataset = Dataset.of("set " + set, recordings);
        assertThatCode(() -> AUDIT.search(
                dataset.name(), dataset.split(SubjectSplit.of(0.6, 0.2, 0.2), set), ofSet, List.of())).doesNotThrowAnyException();
    }

    /** Six people say the same ten words again and again. */
    @Test
    void differentUtterancesOfTheSameWordsRaiseNoAlarm() throws IOException {
        Assumptions.assumeTrue(Files.isDirectory(SPEECH),
                "needs the data set pause-speech in " + SPEECH.toAbsolutePath().normalize()
                + ", which is not part of this project; ask its maintainers for it");
        FfmpegAudioReader reader = FfmpegAudioReader.builder().sampleRate(Voices.RATE).build();
        List<Recording> recordings = new ArrayList<>();
        Map<String, SoundPrint> prints = new HashMap<>();
        for (String line : Files.readAllLines(SPEECH.resolve("metadata.csv")).subList(1, 241)) {
            String id = line.split(",")[0];
            AudioSource audio = AudioSource.of(id, () -> Files.newInputStream(SPEECH.resolve(id)));
            // Each a subject of its own, so that the same speakers and words are on all sides.
            recordings.add(new Recording(id, id, id.contains("control") ? Label.CONTROL : Label.PATIENT, Map.of(), audio));
            prints.put(id, AUDIT.print(reader.read(id, audio)));
        }
        Dataset dataset = Dataset.of("pause-speech", recordings);
        for (int seed = 0; seed < 10; seed++) {
            try {
                AUDIT.search(dataset.name(), dataset.split(SubjectSplit.of(0.6, 0.2, 0.2), seed), prints, List.of());
            } catch (LeakException e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }
}
