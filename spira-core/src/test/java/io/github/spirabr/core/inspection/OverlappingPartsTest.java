package io.github.spirabr.core.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spirabr.core.recording.AudioPart;
import io.github.spirabr.core.recording.AudioSource;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class OverlappingPartsTest {

    private static final AudioSource LONG = AudioSource.ofBytes("long.wav", new byte[0]);

    private static Recording of(String id, AudioSource file, AudioPart part) {
        return new Recording(id, "s", Label.CONTROL, Map.of(), AudioSource.partOf(file, part));
    }

    private static AudioPart part(int offset, int duration) {
        return AudioPart.of(Duration.ofSeconds(offset), Duration.ofSeconds(duration));
    }

    @Test
    void partsOfOneFileThatOverlapAreTold() {
        AudioSource other = AudioSource.ofBytes("other.wav", new byte[0]);
        List<Recording> recordings = List.of(of("d", LONG, part(20, 5)), of("a", LONG, part(0, 5)), of("b", LONG, part(4, 4)),
                of("c", LONG, part(8, 2)), of("d again", LONG, part(20, 5)), of("e", other, part(0, 50)));
        assertThat(OverlappingParts.of(recordings)).extracting(List::copyOf)
                .containsExactly(List.of("a", "b"), List.of("d", "d again"));
        RecordingFacts[] facts = recordings.stream().map(one ->
                new RecordingFacts(one, "", "", Duration.ZERO, Map.of(), Map.of())).toArray(RecordingFacts[]::new);
        assertThat(DatasetInspection.of(List.of(facts)).overlaps()).isEqualTo(OverlappingParts.of(recordings));
    }

    @Test
    void theWholeFileOverlapsWithItsPartsAndTwoWholeFilesAreNoMatterOfParts() {
        assertThat(OverlappingParts.of(List.of(of("whole", LONG, AudioPart.WHOLE), of("a", LONG, part(3, 4)))))
                .extracting(List::copyOf).containsExactly(List.of("a", "whole"));
        List<Recording> twice = List.of(of("whole", LONG, AudioPart.WHOLE), of("again", LONG, AudioPart.WHOLE));
        assertThat(OverlappingParts.of(twice)).isEmpty();
    }

    /** The work must not grow with the square of their number: joining all earlier windows with each further one does not end. */
    @Test
    void manyWindowsOfOneFileAreOneGroup() {
        List<Recording> windows = new ArrayList<>();
        for (int i = 0; i < 50_000; i++) {
            windows.add(of("window " + i, LONG, AudioPart.of(Duration.ofMillis(100L * i), Duration.ofSeconds(10))));
        }
        assertThat(OverlappingParts.of(windows)).singleElement().satisfies(group -> assertThat(group).hasSize(50_000));
    }

    /** Compared with all pairs, joined until nothing changes. */
    @Property
    void groupsAreThoseOfAllPairs(@ForAll @IntRange(min = 2, max = 14) int count, @ForAll long seed) {
        Random random = new Random(seed);
        List<Recording> recordings = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            AudioPart part = random.nextInt(5) == 0
                    ? AudioPart.from(Duration.ofSeconds(random.nextInt(60))) : part(random.nextInt(60), 1 + random.nextInt(6));
            int channel = random.nextInt(3);
            recordings.add(of("r" + i, LONG, channel == 0 ? part : part.ofChannel(channel)));
        }
        Set<SortedSet<String>> groups = new HashSet<>();
        recordings.forEach(one -> groups.add(new TreeSet<>(Set.of(one.id()))));
        for (Recording one : recordings) {
            for (Recording other : recordings) {
                if (!one.equals(other) && one.audio().part().intersection(other.audio().part()).isPresent()) {
                    SortedSet<String> joined = new TreeSet<>();
                    groups.removeIf(group -> (group.contains(one.id()) || group.contains(other.id())) && joined.addAll(group));
                    groups.add(joined);
                }
            }
        }
        groups.removeIf(group -> group.size() < 2);
        assertThat(OverlappingParts.of(recordings)).containsExactlyInAnyOrderElementsOf(groups);
    }
}
