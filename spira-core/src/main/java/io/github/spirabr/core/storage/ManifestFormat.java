package io.github.spirabr.core.storage;

import io.github.spirabr.core.component.Setting;
import io.github.spirabr.core.component.SettingsDeclaration;
import io.github.spirabr.core.dataset.RecordingSource;
import io.github.spirabr.core.recording.AudioSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Port: the formats of files and folders that list recordings and noises, such as CSV. Found by {@link java.util.ServiceLoader},
 * see {@link Storage#manifests()}. Locations are those of {@link Storage}. Implementations are thread-safe.
 */
public interface ManifestFormat {

    /** The settings of a list's layout: its form, its columns and the words in them. An experiment file has the same. */
    SettingsDeclaration LAYOUT = SettingsDeclaration.of(
            Setting.text("root", "Folder or address that relative names of recordings start from.")
                    .optional("the folder of the list"),
            Setting.text("fileColumn", "Column of the file names.").byDefault("file_path"),
            Setting.text("classColumn", "Column of the classes.").byDefault("class"),
            Setting.texts("controlWords", "Values of the class column for controls.").optional("0"),
            Setting.texts("patientWords", "Values of the class column for patients.").optional("1"),
            Setting.texts("missingWords", "Values that are missing, in any case; a blank value always is.")
                    .optional("?, NA, NaN, N/A, #N/A, #N/D, null"),
            Setting.text("subjectColumn", "Column of the subjects.").optional("subject, if there is such a column"),
            Setting.text("subjectPattern", "Regular expression whose first group in a file name is the subject.").optional("none"),
            Setting.texts("ignoreWords", "Values of the class column whose rows are left out.").optional("none"),
            Setting.text("sessionColumn", "Column of the sessions, such as visits.").optional("session, if there is such a column"),
            Setting.text("taskColumn", "Column of the tasks, such as phrase.").optional("task, if there is such a column"),
            Setting.text("offsetColumn", "Column of the seconds at which a recording begins in its file.")
                    .optional("offset, if there is such a column"),
            Setting.text("durationColumn", "Column of the seconds from there.").optional("duration, if there is such a column"),
            Setting.text("endColumn", "Column of the seconds at which a recording ends in its file.")
                    .optional("end, if there is such a column"),
            Setting.text("channelColumn", "Column of the channels, from 1.").optional("channel, if there is such a column"),
            Setting.texts("metadataColumns", "Columns that are metadata, whatever their names.").optional("none"),
            Setting.texts("where.*", "Values of a column; other rows are left out.").optional("all rows"),
            Setting.truth("find", "True if files may lie in any folder below the root, each name once.").optional("false"),
            Setting.choice("form", List.of("csv", "json-lines", "lhotse", "kaldi", "audio-folder", "spira-bm"), "Form of the list.")
                    .optional("that of its contents"),
            Setting.text("separator", "Separator of the columns of a CSV file: a character, or tab.")
                    .optional("that of the header"),
            Setting.text("encoding", "Encoding of the text, such as windows-1252.").optional("UTF-8, or UTF-16 with its mark"));

    /**
     * Returns the recordings of a list, which is not read before they are loaded.
     *
     * @param location its path or address
     * @param layout settings of {@link #LAYOUT} by name
     * @throws IllegalArgumentException if a setting is faulty or contradicts another one
     */
    RecordingSource recordings(String location, Map<String, ?> layout);

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
