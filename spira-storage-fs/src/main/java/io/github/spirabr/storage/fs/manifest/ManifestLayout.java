package io.github.spirabr.storage.fs.manifest;

import java.nio.file.Path;

/**
 * How a manifest is laid out.
 *
 * @param manifest the CSV file
 * @param root the folder that relative paths start from
 * @param fileColumn name of the column of audio files
 * @param classColumn name of the column of classes
 * @param subjectColumn name of the column of subjects
 * @param subjectRequired whether a manifest without that column is faulty
 */
record ManifestLayout(
        Path manifest,
        Path root,
        String fileColumn,
        String classColumn,
        String subjectColumn,
        boolean subjectRequired) {}
