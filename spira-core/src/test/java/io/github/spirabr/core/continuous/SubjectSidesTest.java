package io.github.spirabr.core.continuous;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spirabr.core.dataset.Side;
import io.github.spirabr.core.recording.Label;
import java.util.EnumSet;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SubjectSidesTest {

    private static final Map<Side, Double> SHARES =
            Map.of(Side.TRAINING, 0.6, Side.VALIDATION, 0.2, Side.TEST, 0.2);

    private static void add(Map<String, EnumSet<Label>> listed, Label label, int count) {
        int there = listed.size();
        for (int i = 0; i < count; i++) {
            listed.put("s" + (there + i), EnumSet.of(label));
        }
    }

    private static long count(Map<String, Side> sides, Map<String, EnumSet<Label>> listed, Label label, Side side) {
        return sides.entrySet().stream()
                .filter(one -> one.getValue() == side && listed.get(one.getKey()).contains(label)).count();
    }

    @Property(tries = 200)
    void nobodyEverChangesSidesAndEverySideKeepsItsShare(
            @ForAll long seed, @ForAll @IntRange(min = 3, max = 30) int first, @ForAll @IntRange(min = 0, max = 30) int then) {
        Map<String, EnumSet<Label>> listed = new TreeMap<>();
        add(listed, Label.CONTROL, first);
        add(listed, Label.PATIENT, first + 1);
        SubjectSides rule = new SubjectSides(SHARES, seed);
        SortedMap<String, Side> before = rule.assign(Map.of(), listed);
        add(listed, Label.PATIENT, then);
        SortedMap<String, Side> after = rule.assign(before, listed);

        assertThat(after).containsAllEntriesOf(before).hasSize(listed.size());
        for (Label label : Label.values()) {
            long all = listed.values().stream().filter(one -> one.contains(label)).count();
            for (Side side : Side.values()) {
                long its = count(after, listed, label, side);
                assertThat(its).isPositive();
                assertThat((double) its).isBetween(SHARES.get(side) * all - 1.7, SHARES.get(side) * all + 1.7);
            }
        }
    }

    @Test
    void sixSpeakersOfBothClassesAreOnAllSides() {
        Map<String, EnumSet<Label>> listed = new TreeMap<>();
        for (int i = 0; i < 6; i++) {
            listed.put("speaker" + i, EnumSet.allOf(Label.class));
        }
        assertThat(new SubjectSides(SHARES, 0).assign(Map.of(), listed).values())
                .filteredOn(side -> side == Side.TRAINING).hasSize(4);
    }
}
