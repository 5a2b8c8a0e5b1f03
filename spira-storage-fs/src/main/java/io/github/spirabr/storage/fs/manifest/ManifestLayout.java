package io.github.spirabr.storage.fs.manifest;

import io.github.spirabr.core.recording.AudioSource;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How a manifest is laid out.
 *
 * @param manifest the CSV file
 * @param root the folder that relative paths start from
 * @param fileColumn name of the column of audio files
 * @param classColumn name of the column of classes
 * @param subjectColumn name of the column of subjects
 * @param subjectRequired whether a manifest without that column is faulty
 * @param elsewhere where the audio of an id is, if not in files under the root; null for files
 */
record ManifestLayout(
        Path manifest,
        Path root,
        String fileColumn,
        String classColumn,
        String subjectColumn,
        boolean subjectRequired,
        @Nullable Function<String, AudioSource> elsewhere) {}
