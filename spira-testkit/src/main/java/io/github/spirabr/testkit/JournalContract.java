package io.github.spirabr.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.spirabr.core.journal.Journal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract of every {@link Journal}. An adapter's test extends this class and says how its journal is opened. */
@Timeout(600)
public abstract class JournalContract {

    private static final int COUNTS = 12;

    /**
     * Opens one more handle to the journal of the running test, as another process would. The journal holds nothing when a
     * test begins.
     */
    protected abstract Journal open();

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private static String text(Journal journal, String name) {
        return journal.read(name).map(document -> new String(document.content(), UTF_8)).orElse("none");
    }

    @Test
    void anEmptyJournalHasNoDocuments() {
        assertThat(open().names("")).isEmpty();
        assertThat(open().read("lease")).isEmpty();
    }

    @Test
    void whatIsWrittenIsRead() {
        Optional<Journal.Document> written = open().replace("state", Optional.empty(), bytes("gravação\n"));

        Journal.Document read = open().read("state").orElseThrow();
        assertThat(read.content()).isEqualTo(bytes("gravação\n"));
        assertThat(read.version()).isEqualTo(written.orElseThrow().version());
    }

    @Test
    void aDocumentMayBeEmpty() {
        open().replace("state", Optional.empty(), new byte[0]).orElseThrow();

        assertThat(open().read("state").orElseThrow().content()).isEmpty();
    }

    @Test
    void aDocumentMayHaveMegabytes() {
        byte[] content = new byte[3_000_000];
        for (int i = 0; i < content.length; i++) {
            content[i] = (byte) (i * 31 >> 3);
        }
        open().replace("data", Optional.empty(), content).orElseThrow();

        assertThat(open().read("data").orElseThrow().content()).isEqualTo(content);
    }

    @Test
    void itIsReplacedByWhoeverKnowsWhatIsThere() {
        Journal journal = open();
        String first = journal.replace("state", Optional.empty(), bytes("one")).orElseThrow().version();
        String second = journal.replace("state", Optional.of(first), bytes("two")).orElseThrow().version();

        assertThat(second).isNotEqualTo(first);
        assertThat(journal.replace("state", Optional.of(second), bytes("three"))).isPresent();
        assertThat(text(open(), "state")).isEqualTo("three");
    }

    @Test
    void whoeverDoesNotKnowItWritesNothing() {
        Journal journal = open();
        String first = journal.replace("state", Optional.empty(), bytes("one")).orElseThrow().version();
        journal.replace("state", Optional.of(first), bytes("two")).orElseThrow();

        assertThat(open().replace("state", Optional.of(first), bytes("late"))).isEmpty();
        assertThat(open().replace("state", Optional.empty(), bytes("new"))).isEmpty();
        assertThat(text(open(), "state")).isEqualTo("two");
    }

    @Test
    void nothingIsWrittenInPlaceOfADocumentThatIsNotThere() {
        String version = open().replace("state", Optional.empty(), bytes("one")).orElseThrow().version();

        assertThat(open().replace("other", Optional.of(version), bytes("two"))).isEmpty();
        assertThat(open().read("other")).isEmpty();
    }

    @Test
    void theSameWriteMayBeRepeated() {
        Journal journal = open();
        String first = journal.replace("state", Optional.empty(), bytes("one")).orElseThrow().version();
        assertThat(journal.replace("state", Optional.empty(), bytes("one")).orElseThrow().version()).isEqualTo(first);

        String second = journal.replace("state", Optional.of(first), bytes("two")).orElseThrow().version();
        assertThat(journal.replace("state", Optional.of(first), bytes("two")).orElseThrow().version()).isEqualTo(second);
    }

    @Test
    void contentIsCopied() {
        byte[] content = bytes("one");
        Journal.Document written = open().replace("state", Optional.empty(), content).orElseThrow();
        content[0] = 'x';
        written.content()[0] = 'y';

        assertThat(written.content()).isEqualTo(bytes("one"));
        assertThat(text(open(), "state")).isEqualTo("one");
    }

    @Test
    void namesAreListedByTheirBeginning() {
        Journal journal = open();
        for (String name : List.of("round-000002", "state", "round-000001")) {
            journal.replace(name, Optional.empty(), bytes(name)).orElseThrow();
        }

        assertThat(open().names("round-")).containsExactly("round-000001", "round-000002");
        assertThat(open().names("")).containsExactly("round-000001", "round-000002", "state");
        assertThat(open().names("none")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../state", "a/b", "State", "nul", ".lock", "état"})
    void namesThatAreNotSafeAreRefused(String name) {
        assertThatThrownBy(() -> open().read(name)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> open().replace(name, Optional.empty(), bytes("x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a document's name");
    }

    /** Several count in one document at the same time: no count is lost, and none is made twice. */
    @Test
    void ofSeveralWritersOneComesFirst() {
        List<List<Integer>> counted = Together.work(COUNTS, any -> count(open()));

        assertThat(text(open(), "count")).startsWith(COUNTS * Together.THREADS + " by ");
        List<Integer> all = new ArrayList<>();
        counted.forEach(all::addAll);
        assertThat(all).containsExactlyInAnyOrderElementsOf(
                IntStream.rangeClosed(1, COUNTS * Together.THREADS).boxed().toList());
    }

    /** The writer's mark is in what it writes, so that the writes of two are never the same. */
    private static int count(Journal journal) {
        while (true) {
            Optional<Journal.Document> current = journal.read("count");
            int next = 1 + current
                    .map(one -> Integer.parseInt(new String(one.content(), UTF_8).split(" ")[0]))
                    .orElse(0);
            byte[] content = bytes(next + " by " + UUID.randomUUID());
            if (journal.replace("count", current.map(Journal.Document::version), content).isPresent()) {
                return next;
            }
            Thread.yield();
        }
    }

    /** Whoever reads while others write sees one content or another, whole. */
    @Test
    void noReaderSeesAHalf() {
        Journal writer = open();
        byte[] first = new byte[200_000];
        writer.replace("state", Optional.empty(), first).orElseThrow();
        List<List<Boolean>> whole = Together.work(COUNTS, round -> {
            Journal journal = open();
            Journal.Document read = journal.read("state").orElseThrow();
            byte[] content = read.content();
            byte[] next = new byte[200_000 + round];
            Arrays.fill(next, (byte) (content[0] + 1));
            journal.replace("state", Optional.of(read.version()), next);
            for (byte one : content) {
                if (one != content[0]) {
                    return false;
                }
            }
            return true;
        });

        assertThat(whole).allSatisfy(one -> assertThat(one).doesNotContain(false));
    }
}
