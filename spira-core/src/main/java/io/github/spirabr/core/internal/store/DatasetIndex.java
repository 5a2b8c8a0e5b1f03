package io.github.spirabr.core.internal.store;

import io.github.spirabr.core.dataset.PreparedDataset;
import io.github.spirabr.core.dataset.PreparedDatasetException;
import io.github.spirabr.core.dataset.PreparedRecording;
import io.github.spirabr.core.internal.DocumentException;
import io.github.spirabr.core.internal.JsonDocument;
import io.github.spirabr.core.internal.JsonObject;
import io.github.spirabr.core.recording.Label;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The index that adapters store beside the features of a prepared data set. It is JSON on one line.
 *
 * @param fingerprint fingerprint of all that the features depend on
 * @param features name of the object that holds the features; empty where there is one name for all
 * @param size size of the features, in bytes
 * @param recordings recordings, in their order
 */
public record DatasetIndex(String fingerprint, Optional<String> features, long size, List<Item> recordings) {

    private static final int FORMAT = 1;
    private static final String FINGERPRINT = "fingerprint";
    private static final String FEATURES = "features";
    private static final String SIZE = "size";
    private static final String RECORDINGS = "recordings";
    private static final String ID = "id";
    private static final String SUBJECT = "subject";
    private static final String LABEL = "label";
    private static final String METADATA = "metadata";
    private static final String WINDOWS = "windows";
    private static final String OFFSET = "offset";
    private static final String LENGTH = "length";
    private static final String CRC32C = "crc32c";

    /** Copies the list. */
    public DatasetIndex {
        recordings = List.copyOf(recordings);
    }

    /**
     * A recording and the place of its features.
     *
     * @param entry the recording's entry; its size is that of the features
     * @param offset offset of its features, in bytes
     * @param crc32c crc32c of its features, see {@link FeatureBlock#crc32c}
     */
    public record Item(PreparedDataset.Entry entry, long offset, String crc32c) {

        /** Returns the id of the recording. */
        public String id() {
            return entry.id();
        }

        /** Returns the size of its features, in bytes. */
        public long length() {
            return entry.bytes();
        }

        /** Describes a recording whose features are stored. */
        public static Item of(PreparedRecording recording, long offset, long length, String crc32c) {
            return new Item(new PreparedDataset.Entry(recording.id(), recording.subject(), recording.label(),
                    recording.metadata(), recording.windows().size(), length), offset, crc32c);
        }
    }

    /** Returns the index as it is stored. */
    public byte[] toBytes() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put(FINGERPRINT, fingerprint);
        features.ifPresent(name -> members.put(FEATURES, name));
        members.put(SIZE, size);
        members.put(RECORDINGS, recordings.stream().map(DatasetIndex::write).toList());
        return JsonDocument.write(FORMAT, JsonDocument.Layout.COMPACT, members);
    }

    private static Map<String, Object> write(Item item) {
        PreparedDataset.Entry entry = item.entry;
        Map<String, Object> members = new LinkedHashMap<>();
        members.put(ID, entry.id());
        members.put(SUBJECT, entry.subject());
        members.put(LABEL, entry.label().code());
        members.put(METADATA, new TreeMap<>(entry.metadata()));
        members.put(WINDOWS, entry.windows());
        members.put(OFFSET, item.offset);
        members.put(LENGTH, entry.bytes());
        members.put(CRC32C, item.crc32c);
        return members;
    }

    /**
     * Reads an index.
     *
     * @param document document, as a subject, such as {@code the index of data set voices at /data/voices/index.json}
     * @throws PreparedDatasetException if it is damaged or of a newer format
     */
    public static DatasetIndex read(String document, byte[] content) {
        try {
            return JsonDocument.read(document, FORMAT, content, DatasetIndex::read);
        } catch (DocumentException e) {
            throw new PreparedDatasetException(String.valueOf(e.getMessage()), e);
        }
    }

    private static DatasetIndex read(JsonObject json) {
        json.requireOnly(Set.of(JsonDocument.FORMAT, FINGERPRINT, FEATURES, SIZE, RECORDINGS));
        DatasetIndex index = new DatasetIndex(
                json.text(FINGERPRINT),
                json.has(FEATURES) ? Optional.of(json.text(FEATURES)) : Optional.empty(),
                json.longInteger(SIZE),
                json.objects(RECORDINGS, DatasetIndex::item));
        long end = 0;
        for (Item item : index.recordings) {
            long length = item.entry.bytes();
            if (item.offset != end || length < 1 || length > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("the features of " + item.entry.id() + " are at " + item.offset + ", "
                        + length + " bytes, but those before end at " + end);
            }
            end += length;
        }
        if (end != index.size) {
            throw new IllegalArgumentException("its features end at " + end + ", but its size is " + index.size);
        }
        return index;
    }

    private static Item item(JsonObject json) {
        json.requireOnly(Set.of(ID, SUBJECT, LABEL, METADATA, WINDOWS, OFFSET, LENGTH, CRC32C));
        SortedMap<String, String> metadata = json.object(METADATA).texts();
        return new Item(
                new PreparedDataset.Entry(json.text(ID), json.text(SUBJECT), label(json.integer(LABEL)), metadata,
                        json.integer(WINDOWS), json.longInteger(LENGTH)),
                json.longInteger(OFFSET),
                json.text(CRC32C));
    }

    private static Label label(int code) {
        for (Label label : Label.values()) {
            if (label.code() == code) {
                return label;
            }
        }
        throw new IllegalArgumentException("it has the label " + code);
    }
}
