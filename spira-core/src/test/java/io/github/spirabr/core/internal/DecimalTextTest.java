package io.github.spirabr.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalTextTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "36.6|36.6", "36,6|36.6", "-0,25|-0.25", "+7|7", "\u22123,5|-3.5", ",5|0.5", "4,|4", "1,5e3|1500", "1.234,5|1234.5",
        "1,234.5|1234.5", "1.234.567|1234567", "12,345,678.9|12345678.9", "1,234|1.234", "\u00a072,0\u2003|72"})
    void readsNumbersWithPointOrComma(String text, double number) {
        assertThat(DecimalText.number(text)).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1d", "0x1p3", "NaN", "Infinity", "1e999", "12,5,1", "1.23.4", "12.5 kg", "2026-01-02", "1_2"})
    void otherTextsAreNoNumbers(String text) {
        assertThat(DecimalText.isNumber(text)).isFalse();
    }
}
