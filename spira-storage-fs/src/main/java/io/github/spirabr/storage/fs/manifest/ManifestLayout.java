package io.github.spirabr.storage.fs.manifest;

import io.github.spirabr.core.recording.AudioSource;
import io.github.spirabr.core.recording.Label;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The layout of a manifest.
 *
 * @param manifest bytes of the CSV file
 * @param root the folder that relative paths start from
 * @param fileColumn name of the column of audio files
 * @param classColumn name of the column of classes
 * @param subjectColumn name of the column of subjects
 * @param subjectRequired whether a manifest without that column is faulty
 * @param subjectPattern finds subjects in paths, in place of a column
 * @param words classes by the words of the class column
 * @param missing texts that stand for an unknown value
 * @param elsewhere source of the audio of an id, if it is not in files under the root; null for files
 */
record ManifestLayout(
        AudioSource manifest,
        Path root,
        String fileColumn,
        String classColumn,
        String subjectColumn,
        boolean subjectRequired,
        @Nullable SubjectPattern subjectPattern,
        Map<String, Label> words,
        MissingValues missing,
        @Nullable Function<String, AudioSource> elsewhere) {}
