package io.github.spirabr.storage.fs;

import io.github.spirabr.core.dataset.PreparedDatasetRepository;
import io.github.spirabr.core.dataset.RecordingSource;
import io.github.spirabr.core.journal.Journal;
import io.github.spirabr.core.model.CheckpointStore;
import io.github.spirabr.core.pipeline.PipelineListener;
import io.github.spirabr.core.preprocessing.FeatureCache;
import io.github.spirabr.core.recording.AudioSource;
import io.github.spirabr.core.registry.ModelRepository;
import io.github.spirabr.core.storage.EventFormat;
import io.github.spirabr.core.storage.StorageProvider;
import io.github.spirabr.storage.fs.audio.FileSystemAudioCache;
import io.github.spirabr.storage.fs.dataset.FileSystemPreparedDatasets;
import io.github.spirabr.storage.fs.events.EventFolder;
import io.github.spirabr.storage.fs.features.FileSystemFeatureCache;
import io.github.spirabr.storage.fs.journal.FileSystemJournal;
import io.github.spirabr.storage.fs.manifest.FileAudioSource;
import io.github.spirabr.storage.fs.registry.FileSystemCheckpointStore;
import io.github.spirabr.storage.fs.registry.FileSystemModelRepository;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Set;

/** The files and folders of this machine. A relative path starts from the working directory. Thread-safe. */
public final class FileSystemStorage implements StorageProvider {

    /** Called by {@link java.util.ServiceLoader}. */
    public FileSystemStorage() {}

    @Override
    public String scheme() {
        return "file";
    }

    @Override
    public void check(String location) {
        path(location);
    }

    private static Path path(String location) {
        try {
            return Path.of(location);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(
                    "'" + location + "' is not a valid path on this system (" + e.getReason() + ")", e);
        }
    }

    @Override
    public AudioSource file(String location) {
        return FileAudioSource.of(path(location));
    }

    @Override
    public ModelRepository models(String location) {
        return FileSystemModelRepository.at(path(location));
    }

    @Override
    public PreparedDatasetRepository datasets(String location) {
        return FileSystemPreparedDatasets.at(path(location));
    }

    @Override
    public Journal journal(String location) {
        return FileSystemJournal.at(path(location));
    }

    @Override
    public CheckpointStore checkpoints(String location, int keep) {
        return FileSystemCheckpointStore.at(path(location)).keeping(keep);
    }

    @Override
    public FeatureCache featureCache(String location, long maximumBytes) {
        return FileSystemFeatureCache.at(path(location), maximumBytes);
    }

    @Override
    public RecordingSource audioCache(String location, long maximumBytes, RecordingSource recordings) {
        return FileSystemAudioCache.at(path(location), maximumBytes).through(recordings);
    }

    @Override
    public PipelineListener events(String location, Set<EventFormat> formats) {
        return EventFolder.at(path(location), formats);
    }
}
