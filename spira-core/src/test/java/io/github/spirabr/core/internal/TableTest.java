package io.github.spirabr.core.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableTest {

    @Property(tries = 300)
    void whatIsWrittenIsRead(
            @ForAll @Size(max = 5) List<@NotEmpty @Size(max = 5) List<@CharRange(from = '\0', to = '\uffff') String>> rows) {
        // Halves of characters are no text.
        List<List<String>> texts = rows.stream()
                .map(row -> row.stream()
                        .map(field -> new String(field.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)).toList())
                .toList();
        assertThat(read(Table.write(texts))).isEqualTo(texts);
    }

    @Test
    void aLineIsALineWhateverIsInItsFields() {
        byte[] written = Table.write(List.of(List.of("a\tb", "c\nd\re\\", ""), List.of("\\t")));
        assertThat(written).asString(StandardCharsets.UTF_8).isEqualTo("a\\tb\tc\\nd\\re\\\\\t\n\\\\t\n");
        assertThat(read(written)).containsExactly(List.of("a\tb", "c\nd\re\\", ""), List.of("\\t"));
        assertThat(read(new byte[0])).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'a\tb', its last line is cut", "'a\\x\n', it has the escape \\x", "'a\\', String index out of range: 2",
        "'one\n', 'For input string: \"one\"'", "'\n', 'For input string: \"\"'"
    })
    void aDamagedTableIsRefused(String content, String fault) {
        assertThatThrownBy(() -> Table.read("best.tsv", content.getBytes(StandardCharsets.UTF_8), row -> Integer.valueOf(row.get(0))))
                .isInstanceOf(DocumentException.class)
                .hasMessageStartingWith("best.tsv is damaged: " + fault);
    }

    @Test
    void aRowIsOneRow() {
        String field = Table.readRow("best.tsv", Table.write(List.of(List.of("3"))), row -> row.get(0));
        assertThat(field).isEqualTo("3");
        assertThatThrownBy(() -> Table.readRow("best.tsv", new byte[0], row -> row))
                .hasMessage("best.tsv is damaged: it has 0 rows; restore it from a backup");
    }

    private static List<List<String>> read(byte[] content) {
        return Table.read("a table", content, Function.identity());
    }
}
