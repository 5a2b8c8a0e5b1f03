package io.github.spirabr.core.storage;

import io.github.spirabr.core.dataset.RecordingSource;
import io.github.spirabr.core.recording.AudioSource;
import io.github.spirabr.core.recording.Label;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
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

    /**
     * A file that lists recordings under a header, and the meaning of its columns. Immutable.
     *
     * @param location its path or address
     * @param root location that relative paths of audio files start from; the folder or prefix of the manifest if empty
     * @param fileColumn column of the audio files
     * @param classColumn column of the labels
     * @param words words that stand for a label, for those labels that have others than {@code 0} and {@code 1}
     * @param missingWords words that stand for a missing value; the usual ones if empty
     * @param subjectColumn column of the subjects, which then must exist; {@code subject} if empty, where it exists
     * @param subjectPattern its first group finds the subject in the path of an audio file, in place of a column
     */
    record Manifest(
            String location,
            Optional<String> root,
            String fileColumn,
            String classColumn,
            Map<Label, List<String>> words,
            Optional<List<String>> missingWords,
            Optional<String> subjectColumn,
            Optional<Pattern> subjectPattern) {

        /** Copies the map and the list. */
        public Manifest {
            Map<Label, List<String>> copies = new EnumMap<>(Label.class);
            words.forEach((label, its) -> copies.put(label, List.copyOf(its)));
            words = Collections.unmodifiableMap(copies);
            missingWords = missingWords.map(List::copyOf);
        }
    }
}
