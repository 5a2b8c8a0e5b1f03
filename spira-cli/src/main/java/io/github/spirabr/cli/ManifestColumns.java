package io.github.spirabr.cli;

import io.github.spirabr.core.dataset.Dataset;
import io.github.spirabr.core.dataset.RecordingSource;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.storage.ManifestFormat.Manifest;
import io.github.spirabr.core.storage.Storage;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The columns and words of a manifest: options of commands that read one, or an experiment, whose settings they override. */
final class ManifestColumns {

    private static final String STANDARD_INPUT = "-";

    @Option(names = "--file-column", paramLabel = "COLUMN", showDefaultValue = Visibility.NEVER,
            description = "Column of the audio files' paths; file_path by default.")
    private @Nullable String fileColumn;

    @Option(names = "--class-column", paramLabel = "COLUMN", showDefaultValue = Visibility.NEVER,
            description = "Column of the classes; class by default.")
    private @Nullable String classColumn;

    @Option(names = "--control-words", paramLabel = "WORD", split = ",", showDefaultValue = Visibility.NEVER,
            description = "Values of the class column for controls; 0 by default.")
    private @Nullable List<String> controlWords;

    @Option(names = "--patient-words", paramLabel = "WORD", split = ",", showDefaultValue = Visibility.NEVER,
            description = "Values of the class column for patients; 1 by default.")
    private @Nullable List<String> patientWords;

    @Option(names = "--missing-words", paramLabel = "WORD", split = ",", showDefaultValue = Visibility.NEVER,
            description = "Values that are missing; ?, NA, NaN, N/A, #N/A, #N/D and null by default.")
    private @Nullable List<String> missingWords;

    @Option(names = "--subject-column", paramLabel = "COLUMN", showDefaultValue = Visibility.NEVER,
            description = "Column of the subjects; subject by default, if there is such a column.")
    private @Nullable String subjectColumn;

    @Option(names = "--subject-pattern", paramLabel = "REGEX", showDefaultValue = Visibility.NEVER,
            description = "Regular expression whose first group in a file's path is the subject, in place of a column.")
    private @Nullable String subjectPattern;

    @Option(names = "--root", paramLabel = "PLACE", showDefaultValue = Visibility.NEVER,
            description = "Folder or address that relative paths of audio files start from; the manifest's own by default.")
    private @Nullable String root;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /** Returns the recordings of a manifest: a file, an address, a pipe, or standard input, which is {@code -}. */
    RecordingSource recordings(String location) {
        Map<Label, List<String>> words = new EnumMap<>(Label.class);
        Optional.ofNullable(controlWords).ifPresent(its -> words.put(Label.CONTROL, its));
        Optional.ofNullable(patientWords).ifPresent(its -> words.put(Label.PATIENT, its));
        try {
            return Storage.manifests().recordings(new Manifest(
                    location.equals(STANDARD_INPUT) ? "/dev/stdin" : location, Optional.ofNullable(root),
                    Objects.requireNonNullElse(fileColumn, "file_path"),
                    Objects.requireNonNullElse(classColumn, "class"), words, Optional.ofNullable(missingWords),
                    Optional.ofNullable(subjectColumn), Optional.ofNullable(subjectPattern).map(Pattern::compile)));
        } catch (PatternSyntaxException e) {
            throw new ParameterException(spec.commandLine(), "--subject-pattern must be a regular expression, but was '"
                    + subjectPattern + "' (" + e.getDescription() + " near index " + e.getIndex() + ")");
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    /** Returns overrides of an experiment's section {@code recordings}, as --set takes them, by the options that were given. */
    Map<String, String> overrides() {
        Map<String, String> overrides = new LinkedHashMap<>();
        override(overrides, "--file-column", "fileColumn", fileColumn);
        override(overrides, "--class-column", "classColumn", classColumn);
        override(overrides, "--subject-column", "subjectColumn", subjectColumn);
        override(overrides, "--subject-pattern", "subjectPattern", subjectPattern);
        override(overrides, "--root", "root", root);
        override(overrides, "--control-words", "controlWords", controlWords);
        override(overrides, "--patient-words", "patientWords", patientWords);
        override(overrides, "--missing-words", "missingWords", missingWords);
        return overrides;
    }

    private static void override(Map<String, String> overrides, String option, String setting, @Nullable String text) {
        if (text != null) {
            overrides.put(option + " " + text, "recordings." + setting + "=" + quoted(text));
        }
    }

    private static void override(Map<String, String> overrides, String option, String setting, @Nullable List<String> texts) {
        if (texts != null) {
            overrides.put(option + " " + String.join(",", texts), "recordings." + setting
                    + texts.stream().map(ManifestColumns::quoted).collect(Collectors.joining(", ", "=[", "]")));
        }
    }

    /** Returns the text as YAML that stands for just this text. */
    private static String quoted(String text) {
        return "'" + text.replace("'", "''").replace("${", "$${") + "'";
    }

    /** Returns a sentence on the column that may name the speakers of a data set without subjects. */
    static Optional<String> subjectAdvice(Dataset dataset) {
        return dataset.likelySubjectColumns().stream().findFirst().map(column -> "the subjects may be in the column '" + column
                + "', but each recording counts as a subject of its own; set recordings.subjectColumn to '" + column
                + "' (--subject-column '" + column + "' for a manifest), or rename the column to subject");
    }
}
