package io.github.spirabr.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spirabr.core.internal.adapter.FaultList;
import org.junit.jupiter.api.Test;

class FaultListTest {

    private final FaultList faults = new FaultList();

    private void add(String kind, int from, int to) {
        for (int line = from; line <= to; line++) {
            faults.add(kind, "line " + line, "is wrong");
        }
    }

    @Test
    void tenOfEachKindAreToldAndTheOthersCounted() {
        add("lines of one kind", 1, 10);
        add("lines of another kind", 11, 31);
        faults.add("whole lists", "", "the list ends too early");
        assertThat(faults.sentences()).hasSize(22).startsWith("line 1: is wrong").contains("line 20: is wrong")
                .doesNotContain("line 21: is wrong").endsWith("and 11 more lines of another kind", "the list ends too early");
        assertThat(faults.isEmpty()).isFalse();
        assertThat(new FaultList().isEmpty()).isTrue();
    }

    @Test
    void aFaultOfEachRowIsOneSentence() {
        add("lines", 2, 21);
        add("others", 3, 4);
        assertThat(faults.sentences(20)).containsExactly(
                "each of the 20 rows, such as line 2: is wrong", "line 3: is wrong", "line 4: is wrong");
        assertThat(faults.sentences(21)).hasSize(13).contains("and 10 more lines");
    }

    @Test
    void aShortListIsToldInFull() {
        add("lines", 2, 11);
        assertThat(faults.sentences(10)).hasSize(10);
    }
}
