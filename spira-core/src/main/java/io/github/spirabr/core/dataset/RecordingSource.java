package io.github.spirabr.core.dataset;

/** Port: where recordings come from, such as a manifest, a folder or a bucket. */
public interface RecordingSource {

    /**
     * Lists the recordings without reading any audio.
     *
     * @throws InvalidDatasetException with every fault of the listing at once
     */
    Dataset load();
}
