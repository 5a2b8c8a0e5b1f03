package io.github.spirabr.core.internal.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainTextTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false, value = {
        "Conceic\u0327a\u0303o|Concei\u00e7\u00e3o", "Inês\u00a0|Inês", "\u2007\u202fP7|P7", "\ufeffsubject|subject",
        "P7\u200b\u200e|P7", "\u3000S 1 \t|S 1", "\u212bsa|\u00c5sa", "A  b|A  b"})
    void spellingsOfTheSameCharactersAreOne(String text, String plain) {
        assertThat(PlainText.of(text)).isEqualTo(plain);
    }

    @Test
    void aPlainTextIsReturnedAsItIs() {
        String text = "João 1";
        assertThat(PlainText.of(text)).isSameAs(text);
        assertThat(PlainText.of(" \u2028\u200b")).isEmpty();
    }
}
