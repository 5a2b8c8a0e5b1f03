package io.github.spirabr.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RowsTest {

    @Property(tries = 300)
    void whatIsWrittenIsRead(
            @ForAll @Size(max = 5) List<@NotEmpty @Size(max = 5) List<@CharRange(from = '\0', to = '\uffff') String>> rows) {
        // Halves of characters are no text.
        List<List<String>> texts = rows.stream()
                .map(row -> row.stream()
                        .map(field -> new String(field.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)).toList())
                .toList();
        assertThat(Rows.read(Rows.write(texts))).isEqualTo(texts);
    }

    @Test
    void aLineIsALineWhateverIsInItsFields() {
        byte[] written = Rows.write(List.of(List.of("a\tb", "c\nd\re\\", ""), List.of("\\t")));
        assertThat(written).asString(StandardCharsets.UTF_8).isEqualTo("a\\tb\tc\\nd\\re\\\\\t\n\\\\t\n");
        assertThat(Rows.read(written)).containsExactly(List.of("a\tb", "c\nd\re\\", ""), List.of("\\t"));
        assertThat(Rows.read(new byte[0])).isEmpty();
    }
}
