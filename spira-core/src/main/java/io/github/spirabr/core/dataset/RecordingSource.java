package io.github.spirabr.core.dataset;

import io.github.spirabr.core.recording.Recording;
import java.util.List;

/** Port: a source of recordings, such as a manifest, a folder or a bucket. */
public interface RecordingSource {

    /**
     * Lists the recordings without reading any audio.
     *
     * @throws InvalidDatasetException with every fault of the listing at once
     */
    Dataset load();

    /**
     * Lists the recordings without reading any audio, regardless of their classes; the list may be empty. For sources
     * that grow and may be incomplete.
     *
     * @throws InvalidDatasetException with every fault of the listing at once
     */
    default List<Recording> list() {
        return load().recordings();
    }
}
