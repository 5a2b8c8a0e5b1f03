package io.github.spirabr.core.inspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.spirabr.core.dataset.Recordings;
import io.github.spirabr.core.recording.Label;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FactsTableTest {

    /** Recordings with different traits and measures, in different orders, some of which only late ones have. */
    private static List<RecordingFacts> facts(int count) {
        List<RecordingFacts> facts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Map<String, String> traits = new LinkedHashMap<>();
            Map<String, Double> measures = new LinkedHashMap<>();
            traits.put(i % 2 == 0 ? "codec" : "channels", new String(i % 4 == 0 ? "opus" : "flac"));
            traits.put(i % 2 == 0 ? "channels" : "codec", "" + i % 3);
            if (i % 5 != 0) {
                measures.put("levelDb", -i / 7.0);
            }
            if (i > 30) {
                measures.put("peak", i / 100.0);
                traits.put("late", "text " + i);
            }
            facts.add(new RecordingFacts(Recordings.of("r" + i, "s" + i / 2, Label.values()[i % 2]), i % 3 == 0 ? "" : "c" + i,
                    "sound" + i % 11, Duration.ofMillis(i % 13), traits, measures,
                    i % 4 == 0 ? Map.of() : Map.of("pauses", i / 3.0), List.of()));
        }
        return facts;
    }

    @Test
    void itGivesBackWhatWasPutIntoIt() {
        for (int count : new int[] {0, 1, 16, 17, 100}) {
            List<RecordingFacts> facts = facts(count);
            FactsTable table = FactsTable.copyOf(facts);
            assertThat(table).isEqualTo(facts).hasSize(count);
            assertThat(FactsTable.of(facts.iterator())).isEqualTo(table);
            assertThat(FactsTable.copyOf(table)).isSameAs(table);
            for (int i = 0; i < count; i++) {
                assertThat(table.get(i).traits()).containsExactlyEntriesOf(facts.get(i).traits());
                assertThat(table.get(i).measures()).containsExactlyEntriesOf(facts.get(i).measures());
            }
        }
    }

    @Test
    void equalTextsAreHeldOnce() {
        FactsTable table = FactsTable.copyOf(facts(100));
        assertThat(table.trait("codec", 8)).isEqualTo("opus").isSameAs(table.trait("codec", 0));
        assertThat(table.duration(13)).isSameAs(table.duration(0));
    }

    @Test
    void itCannotBeChangedOrReadBeyondItsEnd() {
        FactsTable table = FactsTable.copyOf(facts(3));
        assertThatThrownBy(() -> table.remove(0)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> table.get(3)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
