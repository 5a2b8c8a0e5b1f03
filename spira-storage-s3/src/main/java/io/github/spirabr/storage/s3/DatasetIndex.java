package io.github.spirabr.storage.s3;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.spirabr.core.dataset.PreparedDataset;
import io.github.spirabr.core.dataset.PreparedRecording;
import io.github.spirabr.core.recording.Label;
import java.io.IOException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The index of a prepared data set, as one line of JSON: its recordings, and the places of their features.
 *
 * @param formatVersion of this JSON and of the features; 1
 * @param fingerprint of what the features depend on
 * @param features the name of their object, beside this one
 * @param size of the features, in bytes
 * @param recordings in their order
 */
record DatasetIndex(int formatVersion, String fingerprint, String features, long size, List<Item> recordings) {

    private static final int FORMAT_VERSION = 1;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();

    /**
     * A recording.
     *
     * @param label 0 or 1
     * @param offset of its features, in bytes
     * @param length of its features, in bytes
     * @param crc32c of its features, 8 hexadecimal digits
     */
    record Item(
            String id, String subject, int label, SortedMap<String, String> metadata, int windows, long offset,
            long length, String crc32c) {

        static Item of(PreparedRecording recording, long offset, long length, String crc32c) {
            return new Item(recording.id(), recording.subject(), recording.label().code(),
                    new TreeMap<>(recording.metadata()), recording.windows().size(), offset, length, crc32c);
        }

        PreparedDataset.Entry toEntry() {
            return new PreparedDataset.Entry(id, subject, toLabel(), metadata, windows, length);
        }

        Label toLabel() {
            return label == Label.PATIENT.code() ? Label.PATIENT : Label.CONTROL;
        }
    }

    static DatasetIndex of(String fingerprint, String features, long size, List<Item> recordings) {
        return new DatasetIndex(FORMAT_VERSION, fingerprint, features, size, recordings);
    }

    /** Returns true if an object of this name may hold features. */
    static boolean isFeatures(String name) {
        return name.matches("features-[0-9a-f-]{36}\\.bin");
    }

    byte[] toJson() {
        try {
            return JSON.writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an index of numbers and strings cannot fail to be written", e);
        }
    }

    /**
     * Reads and checks an index.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    static DatasetIndex parse(byte[] json) {
        DatasetIndex index;
        try {
            JsonNode tree = JSON.readTree(json);
            if (tree.path("formatVersion").asInt(0) != FORMAT_VERSION) {
                throw new IllegalArgumentException("its formatVersion is "
                        + tree.path("formatVersion").asText("missing") + ", but this release of the library reads "
                        + FORMAT_VERSION);
            }
            index = JSON.treeToValue(tree, DatasetIndex.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("it is not the expected JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new IllegalArgumentException("it is not the expected JSON: " + e.getMessage(), e);
        }
        if (!isFeatures(index.features)) {
            throw new IllegalArgumentException("its features cannot be in '" + index.features + "'");
        }
        long end = 0;
        for (Item item : index.recordings) {
            if (item.offset != end || item.length < 1 || item.length > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("the features of " + item.id + " cannot be where it says");
            }
            end += item.length;
        }
        if (end != index.size) {
            throw new IllegalArgumentException("its features end at " + end + ", but it says " + index.size);
        }
        return index;
    }
}
