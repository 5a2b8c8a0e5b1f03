package io.github.spirabr.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LikeNamesTest {

    @ParameterizedTest
    @CsvSource({"001, 1", "P-01, p1", "José Lima, jose lima", "ana_maria, Ana Maria", "S–7, S-07", "João, João", "1-02, 1 2",
        "Ana\u00a0Lima, Ana Lima", "Strauß, STRAUSS", "Łukasz, lukasz", "D’Ávila, DAvila", "S\u22125, S5", "P\u200b3, P3"})
    void namesThatDifferByASlipOfTheHandAreAlike(String one, String other) {
        assertThat(LikeNames.key(one)).isEqualTo(LikeNames.key(other));
    }

    @ParameterizedTest
    @CsvSource({"1-11, 11-1", "10, 1", "100, 1", "ana1, ana2", "1.1, 11", "0, 00a", "か, が", "कि, का"})
    void otherNamesAreNot(String one, String other) {
        assertThat(LikeNames.key(one)).isNotEqualTo(LikeNames.key(other));
    }

    @Test
    void groupsHoldTwoNamesOrMore() {
        assertThat(LikeNames.groups(List.of("b", "01", "1", "a", "001")))
                .singleElement().asString().isEqualTo("[001, 01, 1]");
    }
}
