package io.github.spirabr.core.dataset;

import io.github.spirabr.core.recording.Recording;
import java.util.List;

/** Port: where recordings come from, such as a manifest, a folder or a bucket. */
public interface RecordingSource {

    /**
     * Lists the recordings without reading any audio.
     *
     * @throws InvalidDatasetException with every fault of the listing at once
     */
    Dataset load();

    /**
     * Lists the recordings without reading any audio, whatever classes they are of; there may be none. For sources that
     * grow, of which only a part may be there yet.
     *
     * @throws InvalidDatasetException with every fault of the listing at once
     */
    default List<Recording> list() {
        return load().recordings();
    }
}
