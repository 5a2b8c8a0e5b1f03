package io.github.spirabr.core.continuous;

import io.github.spirabr.core.internal.Document;
import io.github.spirabr.core.internal.Sha256;
import io.github.spirabr.core.internal.adapter.PlainText;
import io.github.spirabr.core.journal.Journal;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The recordings of a data set at one time, each with the hash of its bytes. Its version is a hash of ids, subjects, labels
 * and bytes: a corrected label makes another version, the same recordings in another order do not. Immutable.
 */
final class DataSnapshot {

    private static final String PREFIX = "data-";

    private final SortedMap<String, Entry> entries;
    private final String version;

    private DataSnapshot(SortedMap<String, Entry> entries) {
        this.entries = Collections.unmodifiableSortedMap(entries);
        this.version = Sha256.hex(entries.values().stream().map(Entry::line).collect(Collectors.joining()));
    }

    /**
     * A recording.
     *
     * @param id id of the recording
     * @param subject the speaker
     * @param label the class
     * @param content SHA-256 of the bytes, in lower-case hexadecimal; of these and of the part, if it is a part of a file
     * @param sound SHA-256 of the decoded samples, see {@link io.github.spirabr.core.inspection.RecordingFacts}
     * @param source the source's name of the version of the bytes, with the part of them; empty if it has none
     * @param traits kinds, such as {@code codec}
     */
    public record Entry(
            String id,
            String subject,
            Label label,
            String content,
            String sound,
            String source,
            SortedMap<String, String> traits) {

        /** Copies the map. */
        public Entry {
            traits = Collections.unmodifiableSortedMap(new TreeMap<>(traits));
        }

        /** Returns whether this is the same recording with the same label, subject and bytes. */
        boolean same(Entry other) {
            return id.equals(other.id) && PlainText.of(subject).equals(PlainText.of(other.subject)) && label == other.label
                    && content.equals(other.content);
        }

        private String line() {
            return String.join("\t", id, subject, Integer.toString(label.code()), content) + "\n";
        }
    }

    static DataSnapshot of(Collection<Entry> entries) {
        SortedMap<String, Entry> byId = new TreeMap<>();
        entries.forEach(one -> byId.put(one.id, one));
        return new DataSnapshot(byId);
    }

    static final DataSnapshot EMPTY = of(List.of());

    /** Returns the version: 64 lower-case hexadecimal digits. */
    public String version() {
        return version;
    }

    /** Returns all recordings, by id. */
    public SortedMap<String, Entry> entries() {
        return entries;
    }

    /** Returns all subjects, sorted by name. */
    public SortedSet<String> subjects() {
        return entries.values().stream().map(Entry::subject).map(PlainText::of).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns whether the snapshot contains the recording with the same label, subject and bytes. */
    boolean holds(Entry entry) {
        Entry found = entries.get(entry.id);
        return found != null && found.same(entry);
    }

    /** Returns those of the recordings that the snapshot contains. */
    List<Recording> among(List<Recording> recordings) {
        return recordings.stream().filter(one -> entries.containsKey(one.id())).toList();
    }

    /** Returns the name of the document that contains a version. */
    static String documentName(String version) {
        return PREFIX + version;
    }

    static String documentPrefix() {
        return PREFIX;
    }

    byte[] toBytes() {
        Document fields = Document.of(RoundDocument.FORMAT).put("version", version);
        fields.putAll("recording", List.copyOf(entries.values()), (group, one) -> group
                .put("id", one.id).put("subject", one.subject).put("label", one.label).put("content", one.content)
                .put("sound", one.sound).put("source", one.source).putAll("trait", one.traits));
        return fields.toSealedBytes(documentName(version));
    }

    static DataSnapshot read(Journal journal, String version, Journal.Document document) {
        return RoundDocument.read(journal, "data version " + version, documentName(version), document, fields -> {
            DataSnapshot snapshot = of(fields.list("recording", group -> new Entry(
                    group.text("id"), group.text("subject"), group.choice("label", Label.class), group.text("content"),
                    group.text("sound"), group.text("source"), group.map("trait"))));
            if (!snapshot.version.equals(fields.text("version"))) {
                throw new IllegalArgumentException("its version is not that of its recordings");
            }
            return snapshot;
        });
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DataSnapshot that && entries.equals(that.entries);
    }

    @Override
    public int hashCode() {
        return entries.hashCode();
    }

    @Override
    public String toString() {
        return "DataSnapshot[" + version.substring(0, 12) + ", " + entries.size() + " recordings]";
    }
}
