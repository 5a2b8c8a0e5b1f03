package io.github.spirabr.core.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.spirabr.core.dataset.Dataset;
import io.github.spirabr.core.dataset.DatasetSplit;
import io.github.spirabr.core.dataset.SubjectSplit;
import io.github.spirabr.core.internal.Parts;
import io.github.spirabr.core.model.PriorTraining;
import io.github.spirabr.core.recording.AudioPart;
import io.github.spirabr.core.recording.AudioSource;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Parts of one file are a leak exactly where they overlap in two sets. */
class PartAuditTest {

    private final List<Recording> recordings = new ArrayList<>();
    private final Set<String> validated = new HashSet<>();
    private final Set<String> tested = new HashSet<>();

    private void add(String set, String file, AudioPart part) {
        String subject = set + recordings.size();
        (set.equals("test") ? tested : set.equals("validation") ? validated : new HashSet<String>()).add(subject);
        recordings.add(new Recording(recordings.size() + ":" + file + part.idSuffix(), subject,
                recordings.size() % 2 == 0 ? Label.CONTROL : Label.PATIENT, Map.of(),
                AudioSource.partOf(AudioSource.ofBytes(file, new byte[0]), part)));
    }

    private void clear() {
        recordings.clear();
        validated.clear();
        tested.clear();
    }

    private static AudioPart part(double offset, double duration) {
        return AudioPart.of(Duration.ofNanos(Math.round(offset * 1e9)), Duration.ofNanos(Math.round(duration * 1e9)));
    }

    private static Optional<String> content(Recording one) {
        // Two names of one file have one content.
        return Optional.of(Parts.content(one.audio().whole().name().replace("copy of ", ""), one.audio().part()));
    }

    private DatasetSplit split() {
        for (String set : List.of("training", "validation", "test")) {
            add(set, "other of " + set, AudioPart.WHOLE);
            add(set, "another of " + set, AudioPart.WHOLE);
        }
        return Dataset.of("planted", recordings).split(SubjectSplit.holdingOut(validated, tested), 1);
    }

    private void search() {
        SplitAudit.searchParts("planted", split(), PartAuditTest::content);
    }

    private List<Leak> leaks() {
        return catchThrowableOfType(LeakException.class, this::search).leaks();
    }

    @Test
    void theLeakNamesBothRecordingsAndWhatTheyShare() {
        add("training", "long.wav", part(10, 5));
        add("test", "copy of long.wav", part(13.75, 20));
        assertThat(leaks()).containsExactly(new Leak(Leak.Kind.OVERLAP, "0:long.wav@10+5", "training",
                "1:copy of long.wav@13.75+20", "test", Optional.of(part(13.75, 1.25))));
        clear();
        add("training", "long.wav", part(10, 5));
        add("test", "long.wav", AudioPart.from(Duration.ofSeconds(12)));
        assertThat(catchThrowableOfType(LeakException.class, this::search)).hasMessage("""
                planted: the split leaks between its sets (1 leak), so the metrics would be too good; nothing was trained
                  0:long.wav@10+5 (training) and 1:long.wav@12+end (test): they share 3.000 s of one file, from 12.000 s on
                What to do: give both the subject who speaks, or correct offset, duration and channel""");
    }

    @Test
    void aWholeFileOverlapsWithItsParts() {
        add("validation", "long.wav", AudioPart.WHOLE);
        add("test", "long.wav", part(10, 5));
        assertThat(leaks()).extracting(Leak::overlap).containsExactly(Optional.of(part(10, 5)));
    }

    @Test
    void twoOpenEndsShareTheRest() {
        add("training", "long.wav", AudioPart.from(Duration.ofSeconds(2)));
        add("test", "long.wav", AudioPart.from(Duration.ofSeconds(3)));
        assertThat(leaks().get(0).sentence()).endsWith("they share one file from 3.000 s on");
    }

    @Test
    void channelsAreTwoSoundsAndAPartOfAllOverlapsWithEach() {
        add("training", "stereo.wav", part(0, 5).ofChannel(1));
        add("test", "stereo.wav", part(0, 5).ofChannel(2));
        assertThatCode(this::search).doesNotThrowAnyException();
        add("validation", "stereo.wav", part(4, 2));
        assertThat(leaks()).extracting(Leak::second).containsExactly("8:stereo.wav@4+2");
    }

    @Test
    void neighboursAndPartsOfOneSetAreNoLeak() {
        add("training", "long.wav", part(0, 5));
        add("training", "long.wav", part(3, 2));
        add("test", "long.wav", part(5, 5));
        add("validation", "long.wav", AudioPart.from(Duration.ofSeconds(10)));
        add("test", "another.wav", part(0, 5));
        assertThatCode(this::search).doesNotThrowAnyException();
    }

    @Test
    void aPartOfAFileThatWeightsWereTrainedOnIsNoTestRecording() {
        add("test", "long.wav", part(10, 5));
        PriorTraining prior = PriorTraining.of("loud", Set.of(), List.of("long.wav"));
        LeakException leak = catchThrowableOfType(LeakException.class,
                () -> SplitAudit.searchPretraining("planted", split(), prior, PartAuditTest::content));
        assertThat(leak.leaks()).extracting(Leak::first).containsExactly("recording 0:long.wav@10+5");
    }

    /** Eight files are cut at random; a leak is one part more, in another set than one that it shares something with. */
    @Test
    void everyPlantedOverlapIsFoundAndNoCleanDataSetRaisesAnAlarm() {
        int found = 0;
        int alarms = 0;
        for (int seed = 0; seed < 100; seed++) {
            Random random = new Random(seed);
            cut(random);
            try {
                search();
            } catch (LeakException e) {
                alarms++;
            }
            clear();
            cut(random);
            Recording victim = recordings.get(random.nextInt(recordings.size()));
            AudioPart part = victim.audio().part();
            double start = part.offset().toNanos() / 1e9;
            double length = part.duration().orElseThrow().toNanos() / 1e9;
            double share = 1e-3 + random.nextDouble() * (length - 2e-3);
            String set = victim.subject().startsWith("test") ? "training" : "test";
            AudioPart planted = part(start + length - share, 1e-3 + random.nextDouble() * 20);
            int channel = random.nextInt(3);
            add(set, victim.audio().whole().name(), channel == 0 ? planted : part.channel().isPresent()
                    ? planted.ofChannel(part.channel().getAsInt()) : planted.ofChannel(channel));
            String id = recordings.get(recordings.size() - 1).id();
            found += leaks().stream().anyMatch(leak -> leak.first().equals(id) || leak.second().equals(id)) ? 1 : 0;
            clear();
        }
        assertThat(alarms).isZero();
        assertThat(found).isEqualTo(100);
    }

    private void cut(Random random) {
        List<String> sets = List.of("training", "training", "validation", "test");
        for (int file = 0; file < 8; file++) {
            boolean stereo = random.nextBoolean();
            for (int channel = stereo ? 1 : 0; channel <= (stereo ? 2 : 0); channel++) {
                long millis = random.nextInt(500);
                for (int i = 0; i < 10; i++) {
                    long length = 10L + random.nextInt(9_000);
                    AudioPart part = part(millis / 1e3, length / 1e3);
                    add(sets.get(random.nextInt(4)), "file" + file, channel == 0 ? part : part.ofChannel(channel));
                    millis += length + (random.nextBoolean() ? 0 : random.nextInt(4_000));
                }
            }
        }
    }
}
