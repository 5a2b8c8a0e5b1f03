package io.github.spirabr.core.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocumentTest {

    private static final String SUBJECT = "the state in /data";

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Stored models and rounds are written so: these bytes must not change. */
    @Test
    void valuesAreSortedAndEscapedAndHaveNoDate() {
        byte[] written = Document.of(Map.of("b key", "x=y", "a", "são: # 1\n", "c", "")).toBytes();

        assertThat(new String(written, StandardCharsets.UTF_8)).isEqualTo("a=são\\: \\# 1\\n\nb\\ key=x\\=y\nc=\n");
    }

    @Property(tries = 200)
    void whatIsWrittenIsRead(@ForAll Map<String, String> values) {
        // Halves of characters are no text.
        Map<String, String> texts = new TreeMap<>(values.entrySet().stream()
                .collect(Collectors.toMap(one -> text(one.getKey()), one -> text(one.getValue()), (a, b) -> a)));
        assertThat(Document.read(SUBJECT, Document.of(texts).toBytes()).toMap()).isEqualTo(texts);
    }

    private static String text(String any) {
        return new String(bytes(any), StandardCharsets.UTF_8);
    }

    @Test
    void groupsAndListsAreReadAsTheyWereWritten() {
        Document document = Document.of(1).put("none", Optional.empty()).putAll("side", Map.of("a.b", "TEST"))
                .putAll("item", List.of(3, 4), (group, one) -> group.put("value", one));

        String read = Document.read(SUBJECT, 1, document.toBytes(), values -> values.find("none") + " " + values.map("side")
                + " " + values.list("item", item -> item.integer("value")) + " " + values.hasGroup("other"));

        assertThat(read).isEqualTo("Optional.empty {a.b=TEST} [3, 4] false");
    }

    @ParameterizedTest
    @CsvSource({
        "'x=1\n', the state in /data is damaged: it has no format; restore it from a backup",
        "'format=one\n', the state in /data is damaged: its format is 'one'; restore it from a backup",
        "'format=0\n', the state in /data is damaged: its format is 0; restore it from a backup",
        "'format=1\na=\\u12\n', the state in /data is damaged: Malformed \\uxxxx encoding.; restore it from a backup",
        "'format=1\n', the state in /data is damaged: it has no a; restore it from a backup",
        "'format=1\na=yes\n', the state in /data is damaged: a is 'yes'; restore it from a backup",
        "'format=3\na=true\n', 'the state in /data has format 3, newer than 2 that this version reads; use a newer version of "
                + "the library'"
    })
    void aDocumentThatCannotBeReadSaysWhy(String content, String message) {
        assertThatThrownBy(() -> Document.read(SUBJECT, 2, bytes(content), values -> values.bool("a")))
                .isInstanceOf(DocumentException.class)
                .hasMessage(message)
                .satisfies(e -> assertThat(((DocumentException) e).isNewer()).isEqualTo(message.contains("newer")));
    }

    @Test
    void bytesThatAreNoTextAreRefused() {
        assertThatThrownBy(() -> Document.read(SUBJECT, new byte[] {'a', '=', (byte) 0xc3, '\n'}))
                .hasMessage("the state in /data is damaged: it is not UTF-8; restore it from a backup");
    }

    @Test
    void aSealedDocumentNoticesEveryBit() {
        byte[] sealed = Document.of(1).put("listed", "a".repeat(64)).put("holder", "Íris = x").put("yes", true)
                .toSealedBytes("state");
        assertThat(read("state", sealed)).startsWith("{contentSha256=").contains("document=state");

        for (int bit = 0; bit < 8 * sealed.length; bit++) {
            byte[] changed = sealed.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> read("state", changed)).as("bit %d", bit).isInstanceOf(DocumentException.class);
        }
    }

    @Test
    void aSealedDocumentIsNotTakenForAnother() {
        byte[] sealed = Document.of(1).toSealedBytes("round-000001");

        assertThatThrownBy(() -> read("round-000002", sealed)).hasMessageContaining("it is the document round-000001");
    }

    @Test
    void aDocumentOfBeforeIsRead() {
        assertThat(read("state", bytes("a=1\nformat=1\n"))).isEqualTo("{a=1, format=1}");
    }

    private static String read(String name, byte[] content) {
        return Document.readSealed(SUBJECT, name, 1, content, values -> values.toMap().toString());
    }
}
