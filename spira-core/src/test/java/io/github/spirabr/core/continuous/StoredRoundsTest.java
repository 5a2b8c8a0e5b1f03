package io.github.spirabr.core.continuous;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.spirabr.core.journal.Journal;
import io.github.spirabr.core.journal.JournalException;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.registry.FlippedBits;
import io.github.spirabr.core.registry.ModelVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The documents of rounds: those that release 0.1 wrote in the resources beside this class, and those of today. */
class StoredRoundsTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-09T06:00:00Z"), ZoneOffset.UTC);
    private static final String DATA = "data-0549a1448c2391cb7de9ded5a8a9fb840b90b68c4a3ac3378d9184eb001888ca";
    private static final List<String> NAMES = List.of("lease", "state", DATA,
            "data-67e720e8cdbc1898067af579dc05266a1faf7fbd3d3e0b3106d15b798d4c8f79",
            "data-dd5bba488e360a2535c4affc5f34ca01a1f4beb472bcf849ddcc0e7ed5ae2f70",
            "round-000001", "round-000002", "round-000003", "round-000004");

    private final MemoryJournal journal = new MemoryJournal();

    private static byte[] golden(String name) throws IOException {
        try (InputStream in = StoredRoundsTest.class.getResourceAsStream(name + ".document")) {
            return Objects.requireNonNull(in).readAllBytes();
        }
    }

    private void write(String name, byte[] content) {
        journal.replace(name, journal.read(name).map(Journal.Document::version), content);
    }

    private void writeGolden() throws IOException {
        for (String name : NAMES) {
            write(name, golden(name));
        }
    }

    private byte[] stored(String name) {
        return journal.read(name).orElseThrow().content();
    }

    private static Journal.Document document(byte[] content) {
        return new Journal.Document("any", content);
    }

    private static String withoutSeal(byte[] content) {
        return new String(content, StandardCharsets.UTF_8).replaceAll("(?m)^(contentSha256|document|model)=.*\n", "");
    }

    @Test
    void theDocumentsOfAnEarlierReleaseAreRead() throws IOException {
        writeGolden();

        List<Round> rounds = RoundHistory.of(journal).rounds();
        assertThat(rounds).extracting(Round::number).containsExactly(1, 2, 3, 4);
        assertThat(RoundHistory.of(journal).snapshot(rounds.get(3).data().version()).entries()).hasSize(36);
        assertThat(RoundHistory.of(journal).verify()).isEqualTo(new RoundHistory.Check(9, List.of()));
    }

    @Test
    void onlyTheModelTheNameAndTheHashAreAddedToThem() throws IOException {
        writeGolden();

        for (Round round : RoundHistory.of(journal).rounds()) {
            String name = Round.documentName(round.number());
            assertThat(withoutSeal(round.toBytes("spira"))).isEqualTo(new String(golden(name), StandardCharsets.UTF_8));
            assertThat(new String(round.toBytes("spira"), StandardCharsets.UTF_8))
                    .contains("\ndocument=" + name + "\n", "\nmodel=spira\n", "\ncontentSha256=");
        }
        DataSnapshot snapshot = RoundHistory.of(journal).snapshot(DATA.substring("data-".length()));
        assertThat(withoutSeal(snapshot.toBytes())).isEqualTo(new String(golden(DATA), StandardCharsets.UTF_8));
    }

    @Test
    void everyFlippedBitIsNoticed() throws IOException {
        try (Lease lease = Lease.take(journal, "spira", CLOCK, "nightly", Duration.ofHours(1))) {
            TrainingState state = TrainingState.claim(journal, lease);
            state.reference = Optional.of("b".repeat(64));
            state.listed = "a".repeat(64);
            state.looks.add(3);
            state.save();
        }
        FlippedBits.areRefused(stored("lease"), changed -> Lease.read(journal, document(changed)));
        FlippedBits.areRefused(stored("state"), changed -> TrainingState.summary(journal, document(changed)));
        Round round = Round.read(journal, "round-000004", document(golden("round-000004")));
        FlippedBits.areRefused(
                round.toBytes("spira"), changed -> Round.read(journal, "round-000004", document(changed)));
        DataSnapshot snapshot = DataSnapshot.of(List.of(
                new DataSnapshot.Entry("a", "s", Label.PATIENT, "c", "d", "e", new TreeMap<>()),
                new DataSnapshot.Entry("b", "t", Label.CONTROL, "c", "d", "", new TreeMap<>())));
        FlippedBits.areRefused(
                snapshot.toBytes(), changed -> DataSnapshot.read(journal, snapshot.version(), document(changed)));
    }

    @Test
    void aRoundInThePlaceOfAnotherIsNoticed() throws IOException {
        Round round = Round.read(journal, "round-000004", document(golden("round-000004")));
        write("round-000005", round.toBytes("spira"));

        assertThatThrownBy(() -> RoundHistory.of(journal).rounds())
                .isInstanceOf(JournalException.class)
                .hasMessage("round-000005 in memory is damaged: it is the document round-000004; restore it from a backup");
    }

    @Test
    void aNewerFormatIsToldApart() {
        write("lease", "format=2\n".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> Lease.take(journal, "spira", CLOCK, "nightly", Duration.ofHours(1)))
                .isInstanceOf(JournalException.class)
                .hasMessage("the lease in memory has format 2, newer than 1 that this version reads; use a newer version of the"
                        + " library");
    }

    @Test
    void allFaultsOfAJournalAreFound() throws IOException {
        for (String name : NAMES) {
            if (!name.equals("round-000002") && !name.equals(DATA)) {
                write(name, golden(name));
            }
        }
        write("round-000004", "format=1\n".getBytes(StandardCharsets.UTF_8));
        write("notes", new byte[0]);

        assertThat(RoundHistory.of(journal).verify().faults()).satisfiesExactlyInAnyOrder(
                fault -> assertThat(fault).startsWith("round-000004 in memory is damaged: it has no "),
                fault -> assertThat(fault).isEqualTo("document notes in memory is unknown; move it elsewhere"),
                fault -> assertThat(fault).startsWith("document round-000002 in memory is missing"),
                fault -> assertThat(fault).startsWith("document round-000004 in memory is missing"),
                fault -> assertThat(fault).startsWith("round 3 in memory trained on data version 0549"),
                fault -> assertThat(fault).startsWith("the state of training in memory names data version 0549"));
    }

    @Test
    void theRoundsThatNameAVersionAreFound() throws IOException {
        writeGolden();

        assertThat(RoundHistory.of(journal).naming(new ModelVersion("spira", 3))).containsExactly(3);
        assertThat(RoundHistory.of(journal).naming(new ModelVersion("spira", 9))).isEmpty();
    }
}
