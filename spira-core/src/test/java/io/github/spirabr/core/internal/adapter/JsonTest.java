package io.github.spirabr.core.internal.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    @Property(tries = 200)
    void whatIsWrittenIsRead(@ForAll Map<String, List<String>> lists, @ForAll long number, @ForAll boolean flag) {
        Map<String, Object> value = new LinkedHashMap<>(lists);
        value.put("number", number);
        value.put("flag", flag);

        assertThat(Json.read(Json.write(value))).isEqualTo(value);
    }

    @Test
    void membersKeepTheirOrderAndBlanksAreSkipped() {
        assertThat(Json.read(" { \"b\" : [ ] ,\t\"a\":{ },\r\n\"c\": [-7, true, false, \"\\u0041\\/\\n\"] } \n"))
                .hasToString("{b=[], a={}, c=[-7, true, false, A/\n]}");
    }

    @Test
    void aMemberOfLinesIsIndented() {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("size", 1);
        value.put("of", Map.of("a\u0001\"", "b"));
        assertThat(Json.writeLines(value)).isEqualTo("{\n  \"size\" : 1,\n  \"of\" : {\n    \"a\\u0001\\\"\" : \"b\"\n  }\n}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "[1", "[1,", "{\"a\"", "{\"a\":", "{\"a\":1", "\"a", "\"a\\", "\"\\u00", "tru"})
    void whatIsCutIsRefused(String text) {
        assertThatThrownBy(() -> Json.read(text)).isInstanceOf(IllegalArgumentException.class).hasMessage("it is cut");
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', value = {
        "null, n, 1", "[1.5], ., 3", "1e3, e, 2", "`[1,]`, ], 4", "{a:1}, a, 2", "{} {}, {, 4", "01, 0, 1", "+1, +, 1", "NaN, N, 1",
        "\"\\x\", x, 3", "\"\\u00g0\", g, 6", "[1 2], 2, 4"
    })
    void whatIsNoJsonIsRefused(String text, String found, int position) {
        assertThatThrownBy(() -> Json.read(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("it has '" + found + "' at character " + position + ", where JSON has none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"9223372036854775808", "-9223372036854775809", "10000000000000000000000"})
    void aNumberOfMoreThan64BitsIsRefused(String number) {
        assertThatThrownBy(() -> Json.read(number))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("it has a number at character 1, which is too large for 64 bits");
    }

    @Test
    void aLineEndInATextIsRefused() {
        assertThatThrownBy(() -> Json.read("\"a\n\"")).hasMessageContaining("at character 3");
    }

    @Test
    void aMemberThatComesTwiceIsRefused() {
        assertThatThrownBy(() -> Json.read("{\"a\":1,\"a\":1}")).hasMessage("it has a twice");
    }

    @Test
    void whatIsNestedTooDeepIsRefused() {
        assertThatThrownBy(() -> Json.read("[".repeat(100_000))).hasMessage("it is nested more than 32 times");
    }
}
