package io.github.spirabr.core.storage;

import io.github.spirabr.core.dataset.PreparedDatasetRepository;
import io.github.spirabr.core.dataset.RecordingSource;
import io.github.spirabr.core.journal.Journal;
import io.github.spirabr.core.model.CheckpointStore;
import io.github.spirabr.core.pipeline.PipelineListener;
import io.github.spirabr.core.preprocessing.FeatureCache;
import io.github.spirabr.core.recording.AudioSource;
import io.github.spirabr.core.registry.ModelRepository;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Port: opens the stores at the locations of one scheme, such as the folders of this machine or {@code
 * s3://bucket/prefix}, so that settings can name them. Found by {@link java.util.ServiceLoader}, see {@link Storage}.
 * No server is contacted before the returned object is used. Implementations are thread-safe; the returned objects stay
 * open until the process ends.
 *
 * <p>A provider that does not support a kind of store throws an {@link IllegalArgumentException}.
 */
public interface StorageProvider {

    /** Returns the beginning of the provider's addresses, such as {@code s3}; {@code file} for paths of this machine. */
    String scheme();

    /**
     * Checks that a location can exist.
     *
     * @throws IllegalArgumentException if it cannot; the message states the valid form
     */
    void check(String location);

    /** Returns the bytes of one file or object, which is not touched before it is opened. */
    AudioSource file(String location);

    /** Returns the models stored there. */
    ModelRepository models(String location);

    /** Returns the prepared data sets stored there. */
    PreparedDatasetRepository datasets(String location);

    /** Returns the journal stored there. */
    Journal journal(String location);

    /**
     * Returns all recordings below a location, whose names contain subject and label.
     *
     * @param names pattern of all names relative to the location, with the groups {@code subject} and {@code label}
     * @param ignored pattern of the names that are left out
     * @throws IllegalArgumentException if the pattern lacks a group
     */
    default RecordingSource listing(String location, Pattern names, Optional<Pattern> ignored) {
        throw Storage.unsupported("listings of recordings are not supported", location, "list them in a manifest");
    }

    /**
     * Returns the checkpoints stored there.
     *
     * @param keep number of checkpoints to keep, at least 1
     */
    default CheckpointStore checkpoints(String location, int keep) {
        throw Storage.unsupported("checkpoints are not supported", location, "give a folder");
    }

    /**
     * Returns a cache of features.
     *
     * @param maximumBytes size of all entries together, at least 1
     */
    default FeatureCache featureCache(String location, long maximumBytes) {
        throw Storage.unsupported("caches of features are not supported", location, "give a folder");
    }

    /**
     * Returns the same recordings, with copies of their audio in a cache.
     *
     * @param maximumBytes size of all copies together, at least 1
     */
    default RecordingSource audioCache(String location, long maximumBytes, RecordingSource recordings) {
        throw Storage.unsupported("caches of audio are not supported", location, "give a folder");
    }

    /** Returns a listener that writes the events of each training there, in each of these formats. */
    default PipelineListener events(String location, Set<EventFormat> formats) {
        throw Storage.unsupported("files of events are not supported", location, "give a folder");
    }
}
