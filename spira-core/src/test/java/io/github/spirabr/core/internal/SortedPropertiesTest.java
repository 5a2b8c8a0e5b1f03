package io.github.spirabr.core.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SortedPropertiesTest {

    /** Stored models and rounds are written so: these bytes must not change. */
    @Test
    void valuesAreSortedAndEscapedAndHaveNoDate() {
        byte[] written = SortedProperties.write(new TreeMap<>(Map.of("b key", "x=y", "a", "são: # 1\n", "c", "")));

        assertThat(new String(written, StandardCharsets.UTF_8)).isEqualTo("a=são\\: \\# 1\\n\nb\\ key=x\\=y\nc=\n");
    }

    @Property(tries = 200)
    void whatIsWrittenIsRead(@ForAll Map<String, String> values) {
        assertThat(SortedProperties.read(SortedProperties.write(new TreeMap<>(values)))).isEqualTo(values);
    }

    @Test
    void anEscapeThatIsNoneIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SortedProperties.read("a=\\u12".getBytes(StandardCharsets.UTF_8)));
    }
}
