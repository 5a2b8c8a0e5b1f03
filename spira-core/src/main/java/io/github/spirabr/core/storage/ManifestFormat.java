package io.github.spirabr.core.storage;

import io.github.spirabr.core.dataset.RecordingSource;
import io.github.spirabr.core.recording.AudioSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Port: a format of the files that list recordings and noises, such as CSV. Found by {@link java.util.ServiceLoader}, see
 * {@link Storage#manifests()}. Locations are those of {@link Storage}. Implementations are thread-safe.
 */
public interface ManifestFormat {

    /**
     * Returns the recordings of a manifest, which is not read before they are loaded.
     *
     * @throws IllegalArgumentException if the layout contradicts itself
     */
    RecordingSource recordings(Manifest manifest);

    /**
     * Returns the recordings of two lists without a header, one path in each line.
     *
     * @param controls path of the controls' list
     * @param patients path of the patients' list
     * @param root folder that relative paths start from; the folder of each list if empty
     * @param subjectPattern its first group names the subject of a path; each recording is a subject of its own if empty
     * @throws IllegalArgumentException if the pattern has no group
     */
    RecordingSource recordings(String controls, String patients, Optional<String> root, Optional<Pattern> subjectPattern);

    /**
     * Reads a list of noises.
     *
     * @param list path of the list
     * @param column column of the paths; without it the list has no header and the path is the first field
     * @param root folder that relative paths start from; the list's own folder if empty
     * @param faults receives one sentence for each fault, such as a missing file
     */
    List<AudioSource> noises(String list, Optional<String> column, Optional<String> root, Consumer<String> faults);
}
