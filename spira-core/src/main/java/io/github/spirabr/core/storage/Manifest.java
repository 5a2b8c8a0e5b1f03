package io.github.spirabr.core.storage;

import io.github.spirabr.core.recording.Label;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

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
public record Manifest(
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
