package io.github.spirabr.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spirabr.core.preprocessing.WindowSpan;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WindowRowsTest {

    @Test
    void overlappingWindowsAreInRowsOfTheirOwn() {
        List<WindowSpan> windows = IntStream.range(0, 6).mapToObj(i -> new WindowSpan(i * 10, 40)).toList();
        WindowRows rows = WindowRows.of(windows);
        assertThat(rows.row()).containsExactly(0, 1, 2, 3, 0, 1);
        assertThat(rows.count()).isEqualTo(4);
    }

    @Test
    void windowsThatTouchShareARow() {
        WindowRows rows = WindowRows.of(List.of(new WindowSpan(0, 10), new WindowSpan(10, 10), new WindowSpan(20, 10)));
        assertThat(rows.row()).containsExactly(0, 0, 0);
        assertThat(rows.count()).isEqualTo(1);
    }

    @Test
    void noWindowsNeedNoRow() {
        assertThat(WindowRows.of(List.of()).count()).isZero();
    }
}
