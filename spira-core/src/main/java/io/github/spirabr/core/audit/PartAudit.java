package io.github.spirabr.core.audit;

import io.github.spirabr.core.dataset.DatasetSplit;
import io.github.spirabr.core.dataset.Side;
import io.github.spirabr.core.internal.Parts;
import io.github.spirabr.core.recording.AudioPart;
import io.github.spirabr.core.recording.Recording;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** Searches the sets of a split for parts of one file that overlap, by their times and channels, and for copies of rooms. */
final class PartAudit {

    private PartAudit() {}

    private record Item(Recording recording, Side side) {

        AudioPart part() {
            return recording.audio().part();
        }

        private String set() {
            return side.name().toLowerCase(Locale.ROOT);
        }
    }

    /** The recordings of a set that name one channel, or none. */
    private record Group(Side side, int channel) {}

    /** See {@link SplitAudit#searchParts}. */
    static void search(String dataset, DatasetSplit split, Map<Side, List<Recording>> rooms,
            Function<Recording, Optional<String>> contents) {
        List<Item> all = Stream.of(Side.values())
                .flatMap(side -> Stream.concat(SplitCounts.recordings(split, side).stream(),
                        rooms.getOrDefault(side, List.of()).stream()).map(one -> new Item(one, side))).toList();
        List<Leak> leaks = new ArrayList<>();
        byFile(all, contents).forEach(items -> search(items, leaks));
        if (!leaks.isEmpty()) {
            throw new LeakException(dataset, leaks);
        }
    }

    /** Returns the recordings of each file of which at least one is a part or a room. */
    private static Collection<List<Item>> byFile(List<Item> all, Function<Recording, Optional<String>> contents) {
        Set<String> compared = new HashSet<>();
        all.stream().filter(item -> !item.part().isWhole() || item.recording.isAmbient())
                .forEach(item -> contents.apply(Parts.whole(item.recording)).ifPresent(compared::add));
        Map<String, List<Item>> byFile = new TreeMap<>();
        if (!compared.isEmpty()) {
            all.forEach(item -> contents.apply(Parts.whole(item.recording)).filter(compared::contains)
                    .ifPresent(file -> byFile.computeIfAbsent(file, any -> new ArrayList<>()).add(item)));
        }
        return byFile.values();
    }

    /**
     * Compares each recording with the one of every other set that began before it and ends last, so that the work grows with
     * the number of recordings and not with that of pairs. Each recording is found that overlaps with an earlier one.
     */
    private static void search(List<Item> ofFile, List<Leak> leaks) {
        List<Item> items = new ArrayList<>(ofFile);
        items.sort(Comparator.comparing((Item item) -> item.part().offset()).thenComparing(item -> item.recording.id()));
        Map<Group, Item> last = new HashMap<>();
        for (Item item : items) {
            Optional<Leak> longest = last.values().stream()
                    .filter(other -> other.side != item.side)
                    .flatMap(other -> leak(other, item).stream())
                    .max(Comparator.comparing(PartAudit::length).thenComparing(Leak::first));
            longest.ifPresent(leaks::add);
            last.merge(new Group(item.side, item.part().channel().orElse(0)), item,
                    (before, now) -> Parts.end(now.part()).compareTo(Parts.end(before.part())) > 0 ? now : before);
        }
    }

    private static Optional<Leak> leak(Item one, Item other) {
        return one.part().intersection(other.part()).map(shared -> shared.isWhole()
                ? new Leak(Leak.Kind.IDENTICAL_AUDIO, one.recording.id(), one.set(), other.recording.id(), other.set())
                : new Leak(Leak.Kind.OVERLAP,
                        one.recording.id(), one.set(), other.recording.id(), other.set(), Optional.of(shared)));
    }

    private static Duration length(Leak leak) {
        return leak.overlap().map(shared -> Parts.end(shared).minus(shared.offset())).orElse(Parts.end(AudioPart.WHOLE));
    }
}
