package io.github.spirabr.core.inspection;

import io.github.spirabr.core.internal.Parts;
import io.github.spirabr.core.recording.AudioPart;
import io.github.spirabr.core.recording.AudioSource;
import io.github.spirabr.core.recording.Recording;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Finds recordings that overlap in one file. */
final class OverlappingParts {

    private OverlappingParts() {}

    /**
     * Recordings that overlap.
     *
     * @param ids their ids
     * @param last the part of each channel that ends last, by the channel's number; 0 for those that name none
     */
    private record Group(List<String> ids, Map<Integer, AudioPart> last) {

        /** Adds a recording to the largest of the groups that it touches, and the others to that one. */
        static Group of(Recording recording, List<Group> touched) {
            Group merged = touched.stream().max(Comparator.comparingInt(group -> group.ids.size()))
                    .orElseGet(() -> new Group(new ArrayList<>(), new HashMap<>()));
            AudioPart part = recording.audio().part();
            merged.ids.add(recording.id());
            merged.add(part.channel().orElse(0), part);
            touched.stream().filter(group -> !group.equals(merged)).forEach(group -> {
                merged.ids.addAll(group.ids);
                group.last.forEach(merged::add);
            });
            return merged;
        }

        private void add(int channel, AudioPart part) {
            last.merge(channel, part, (one, other) -> Parts.end(one).compareTo(Parts.end(other)) > 0 ? one : other);
        }

        boolean touches(AudioPart part) {
            return last.values().stream().anyMatch(one -> one.intersection(part).isPresent());
        }

        boolean endsBefore(AudioPart part) {
            return last.values().stream().allMatch(one -> Parts.end(one).compareTo(part.offset()) <= 0);
        }
    }

    /** Returns the ids of each group of recordings of which each overlaps with another one, two or more. */
    static List<SortedSet<String>> of(List<Recording> recordings) {
        Set<AudioSource> divided = new HashSet<>();
        recordings.stream().map(Recording::audio).filter(audio -> !audio.part().isWhole())
                .forEach(audio -> divided.add(audio.whole()));
        Map<AudioSource, List<Recording>> byFile = new LinkedHashMap<>();
        if (!divided.isEmpty()) {
            recordings.stream().filter(one -> divided.contains(one.audio().whole())).forEach(one ->
                    byFile.computeIfAbsent(one.audio().whole(), any -> new ArrayList<>()).add(one));
        }
        List<SortedSet<String>> overlaps = new ArrayList<>();
        byFile.values().forEach(ofFile -> overlaps.addAll(groups(ofFile)));
        return overlaps;
    }

    private static List<SortedSet<String>> groups(List<Recording> ofFile) {
        List<Recording> ordered = new ArrayList<>(ofFile);
        ordered.sort(Comparator.comparing((Recording one) -> one.audio().part().offset()).thenComparing(Recording::id));
        List<Group> complete = new ArrayList<>();
        List<Group> open = new ArrayList<>();
        for (Recording one : ordered) {
            AudioPart part = one.audio().part();
            Map<Boolean, List<Group>> ended = open.stream().collect(Collectors.partitioningBy(group -> group.endsBefore(part)));
            complete.addAll(ended.get(true));
            open.clear();
            Map<Boolean, List<Group>> touched =
                    ended.get(false).stream().collect(Collectors.partitioningBy(group -> group.touches(part)));
            open.addAll(touched.get(false));
            open.add(Group.of(one, touched.get(true)));
        }
        complete.addAll(open);
        return complete.stream().<SortedSet<String>>map(group -> new TreeSet<>(group.ids)).filter(ids -> ids.size() > 1).toList();
    }
}
