package io.github.spirabr.cli;

import io.github.spirabr.core.dataset.Dataset;
import io.github.spirabr.core.dataset.RecordingSource;
import io.github.spirabr.core.storage.Storage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
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
    private static final String WHERE = "where.";
    private static final List<String> MEANINGS =
            List.of("file", "class", "subject", "session", "task", "offset", "duration", "end", "channel");

    @Option(names = "--columns", paramLabel = "MEANING=COLUMN", split = ",", showDefaultValue = Visibility.NEVER,
            description = "Columns by what they hold: file, class, subject, session, task, offset, duration, end, channel. By "
                    + "default file_path, class and so on, or another usual name.")
    private Map<String, String> columns = new LinkedHashMap<>();

    @Option(names = "--words", paramLabel = "CLASS=WORD", split = ",", showDefaultValue = Visibility.NEVER,
            description = "Values of the class column: negative=WORD and positive=WORD, each as often as needed; 0 and 1 by "
                    + "default.")
    private List<String> words = new ArrayList<>();

    @Option(names = "--ignore-words", paramLabel = "WORD", split = ",", showDefaultValue = Visibility.NEVER,
            description = "Values of the class column whose rows are left out.")
    private @Nullable List<String> ignoreWords;

    @Option(names = "--where", paramLabel = "COLUMN=VALUE", showDefaultValue = Visibility.NEVER,
            description = "Take only rows with this value in a column; several values of a column are alternatives.")
    private List<String> where = new ArrayList<>();

    @Option(names = "--metadata-columns", paramLabel = "COLUMN", split = ",", showDefaultValue = Visibility.NEVER,
            description = "Columns that are metadata, whatever their names.")
    private @Nullable List<String> metadataColumns;

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

    @Option(names = "--find", description = "Files may lie in any folder below the root, each name once.")
    private boolean find;

    @Option(names = "--form", paramLabel = "FORM", showDefaultValue = Visibility.NEVER,
            description = "Form of the list: csv, json-lines, lhotse, kaldi, audio-folder or spira-bm; that of its contents by "
                    + "default.")
    private @Nullable String form;

    @Option(names = "--separator", paramLabel = "CHARACTER", showDefaultValue = Visibility.NEVER,
            description = "Separator of the columns of a CSV file, or tab; that of the header by default.")
    private @Nullable String separator;

    @Option(names = "--encoding", paramLabel = "ENCODING", showDefaultValue = Visibility.NEVER,
            description = "Encoding of the text, such as windows-1252; UTF-8, or UTF-16 with its mark by default.")
    private @Nullable String encoding;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /** Returns the recordings of a list: a file, a folder, an address, a pipe, or standard input, which is {@code -}. */
    RecordingSource recordings(String location) {
        try {
            return Storage.manifests().recordings(location.equals(STANDARD_INPUT) ? "/dev/stdin" : location, layout());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), byOptions(Objects.requireNonNullElse(e.getMessage(), "")), e);
        }
    }

    /** Returns a message that begins with a setting with the option that gave it. */
    private String byOptions(String message) {
        for (Map.Entry<String, Given> one : given().entrySet()) {
            if (message.startsWith(one.getValue().name)) {
                return one.getKey().replaceFirst(" .*", "") + message.substring(one.getValue().name.length());
            }
        }
        return message;
    }

    /** Returns the settings of the layout by the options that were given. */
    Map<String, Object> layout() {
        Map<String, Object> layout = new LinkedHashMap<>();
        given().forEach((option, setting) -> layout.put(setting.name, setting.value));
        return layout;
    }

    /** Returns overrides of an experiment's section {@code recordings}, as --set takes them, by the options that were given. */
    Map<String, String> overrides() {
        Map<String, String> overrides = new LinkedHashMap<>();
        given().forEach((option, setting) -> overrides.put(option, "recordings." + setting.name + "=" + yaml(setting.value)));
        return overrides;
    }

    /** Returns the section of an experiment file that reads a list as these options do. */
    String section(String location) {
        StringBuilder section = new StringBuilder("recordings:\n  manifest: " + quoted(location) + "\n");
        given().values().stream().filter(one -> !one.name.startsWith(WHERE))
                .forEach(one -> section.append("  " + one.name + ": " + yaml(one.value) + "\n"));
        List<Given> conditions = given().values().stream().filter(one -> one.name.startsWith(WHERE)).toList();
        if (!conditions.isEmpty()) {
            section.append("  where:\n");
            conditions.forEach(one -> section.append(
                    "    " + quoted(one.name.substring(WHERE.length())) + ": " + yaml(one.value) + "\n"));
        }
        return section.toString();
    }

    /** A setting of the layout. */
    private record Given(String name, Object value) {}

    /** Returns the settings by the options that gave them. */
    private Map<String, Given> given() {
        Map<String, Given> given = new LinkedHashMap<>();
        put(given, "--file-column", "fileColumn", fileColumn);
        put(given, "--class-column", "classColumn", classColumn);
        put(given, "--subject-column", "subjectColumn", subjectColumn);
        columns.forEach((meaning, column) -> {
            if (!MEANINGS.contains(meaning)) {
                throw new ParameterException(spec.commandLine(), "--columns must name one of " + String.join(", ", MEANINGS)
                        + " before '=', but was '" + meaning + "=" + column + "'");
            }
            put(given, "--columns", meaning + "=", meaning + "Column", column);
        });
        put(given, "--subject-pattern", "subjectPattern", subjectPattern);
        put(given, "--root", "root", root);
        put(given, "--control-words", "controlWords", controlWords);
        put(given, "--patient-words", "patientWords", patientWords);
        pairs("--words", words, Set.of("negative", "positive")).forEach((side, its) ->
                put(given, "--words", side + "=", side.equals("negative") ? "controlWords" : "patientWords", its));
        put(given, "--ignore-words", "ignoreWords", ignoreWords);
        put(given, "--missing-words", "missingWords", missingWords);
        put(given, "--metadata-columns", "metadataColumns", metadataColumns);
        pairs("--where", where, Set.of()).forEach((column, values) -> put(given, "--where", column + "=", WHERE + column, values));
        if (find) {
            given.put("--find", new Given("find", true));
        }
        put(given, "--form", "form", form);
        put(given, "--separator", "separator", separator);
        put(given, "--encoding", "encoding", encoding);
        return given;
    }

    private void put(Map<String, Given> given, String option, String setting, @Nullable Object value) {
        if (value != null) {
            put(given, option, "", setting, value);
        }
    }

    /**
     * Adds a setting.
     *
     * @param name text before the option's value, such as {@code negative=}
     */
    private void put(Map<String, Given> given, String option, String name, String setting, Object value) {
        if (given.values().stream().anyMatch(one -> one.name.equals(setting))) {
            throw new ParameterException(spec.commandLine(), "only one of " + option + " and --" + optionOf(setting)
                    + " must be given, but both were; remove one");
        }
        String text = value instanceof List<?> list
                ? list.stream().map(String::valueOf).collect(Collectors.joining(",")) : value.toString();
        given.put(option + " " + name + text, new Given(setting, value));
    }

    /** Returns the option that a setting alone has, such as {@code class-column} for classColumn. */
    private static String optionOf(String setting) {
        return setting.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    /** Groups {@code name=value} by names. */
    private Map<String, List<String>> pairs(String option, List<String> texts, Set<String> names) {
        Map<String, List<String>> pairs = new LinkedHashMap<>();
        for (String text : texts) {
            int equals = text.indexOf('=');
            if (equals < 1 || !names.isEmpty() && !names.contains(text.substring(0, equals))) {
                throw new ParameterException(spec.commandLine(), option + " must be " + (names.isEmpty() ? "COLUMN=VALUE"
                        : "negative=WORD or positive=WORD") + ", but was '" + text + "'");
            }
            pairs.computeIfAbsent(text.substring(0, equals), any -> new ArrayList<>()).add(text.substring(equals + 1));
        }
        return pairs;
    }

    private static String yaml(Object value) {
        return value instanceof List<?> list
                ? list.stream().map(one -> quoted(one.toString())).collect(Collectors.joining(", ", "[", "]"))
                : value instanceof Boolean ? value.toString() : quoted(value.toString());
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
