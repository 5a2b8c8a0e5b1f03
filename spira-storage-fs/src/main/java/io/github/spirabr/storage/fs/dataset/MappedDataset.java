package io.github.spirabr.storage.fs.dataset;

import io.github.spirabr.core.dataset.PreparedDataset;
import io.github.spirabr.core.dataset.PreparedDatasetException;
import io.github.spirabr.core.dataset.PreparedRecording;
import io.github.spirabr.core.internal.store.DatasetIndex;
import io.github.spirabr.core.internal.store.FeatureBlock;
import io.github.spirabr.core.registry.ModelArtifact.FileDigest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A prepared data set whose features are mapped into memory. */
final class MappedDataset implements PreparedDataset {

    private final String name;
    private final Path folder;
    private final DatasetIndex index;
    private final FeatureFile features;
    private final List<Entry> entries;

    private MappedDataset(String name, Path folder, DatasetIndex index, FeatureFile features) {
        this.name = name;
        this.folder = folder;
        this.index = index;
        this.features = features;
        this.entries = index.recordings().stream().map(DatasetIndex.Item::entry).toList();
    }

    static MappedDataset open(String name, Path folder) throws IOException {
        DatasetIndex index = index(name, folder);
        FeatureFile features = FeatureFile.open(folder.resolve(FileSystemPreparedDatasets.FEATURES));
        if (features.size() != index.size()) {
            features.close();
            throw damaged(name, folder.resolve(FileSystemPreparedDatasets.FEATURES), "it has " + features.size()
                    + " bytes, but its index says " + index.size(), null);
        }
        return new MappedDataset(name, folder, index, features);
    }

    private static DatasetIndex index(String name, Path folder) throws IOException {
        Path file = folder.resolve(FileSystemPreparedDatasets.INDEX);
        byte[] json = Files.readAllBytes(file);
        String line = Files.readString(
                folder.resolve(FileSystemPreparedDatasets.INDEX_SHA256), StandardCharsets.ISO_8859_1);
        String sha256 = FileDigest.of(json).sha256();
        if (!line.startsWith(sha256)) {
            throw damaged(name, file, "its SHA-256 is " + sha256 + ", but "
                    + FileSystemPreparedDatasets.INDEX_SHA256 + " says otherwise", null);
        }
        return DatasetIndex.read("the index of data set " + name + " at " + file, json);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String fingerprint() {
        return index.fingerprint();
    }

    @Override
    public List<Entry> entries() {
        return entries;
    }

    @Override
    public PreparedRecording read(int position) {
        DatasetIndex.Item item = index.recordings().get(position);
        Entry entry = item.entry();
        Path file = folder.resolve(FileSystemPreparedDatasets.FEATURES);
        try {
            ByteBuffer block = features.block(item.offset(), entry.bytes());
            if (!FeatureBlock.crc32c(block).equals(item.crc32c())) {
                throw damaged(name, file, "the checksum of recording " + entry.id() + " is "
                        + FeatureBlock.crc32c(block) + ", but its index says " + item.crc32c(), null);
            }
            return new PreparedRecording(
                    entry.id(), entry.subject(), entry.label(), entry.metadata(), FeatureBlock.read(block));
        } catch (IllegalArgumentException e) {
            throw damaged(name, file, "recording " + entry.id() + " could not be read: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new PreparedDatasetException("recording " + entry.id() + " of data set " + name
                    + " could not be read from " + file + ": " + e + "; check the file and its permissions", e);
        }
    }

    private static PreparedDatasetException damaged(
            String name, Path file, String what, @Nullable Throwable cause) {
        return new PreparedDatasetException("data set " + name + " is damaged at " + file + ": " + what
                + "; delete it, and prepare it again", cause);
    }

    @Override
    public void close() {
        try {
            features.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return "PreparedDataset[" + name + " in " + folder + "]";
    }
}
