package io.github.spirabr.storage.fs.manifest;

import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.Described;
import io.github.spirabr.core.component.Settings;
import io.github.spirabr.core.dataset.Dataset;
import io.github.spirabr.core.dataset.InvalidDatasetException;
import io.github.spirabr.core.dataset.RecordingSource;
import io.github.spirabr.core.internal.adapter.PlainText;
import io.github.spirabr.core.recording.AudioSource;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import java.nio.file.Path;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Recordings listed in a CSV file: one row each, under a header. UTF-8 with or without a byte-order
 * mark, commas, fields in double quotes where needed, either line ending; blank lines are skipped.
 *
 * <ul>
 *   <li>{@code file_path}: the audio file, absolute or relative to the root. Its path from the root, with
 *       {@code '/'}, is the recording's id, however it is written;
 *   <li>{@code class}: {@code 0} for a control, {@code 1} for a patient, or other words given to the builder;
 *   <li>{@code subject}: the speaker. Without this column every recording is a subject of its own, which is
 *       right only if nobody was recorded twice;
 *   <li>all other columns become the recording's metadata, without missing values.
 * </ul>
 *
 * <p>A value is missing if it is blank or one of the {@linkplain Builder#missingWords words for missing values}. Names of columns
 * and all values but paths are read in Unicode's normal form C and without spaces at their ends. A path finds its file in either
 * form.
 *
 * <p>Immutable and thread-safe; every {@link #load()} reads the file again.
 */
public final class CsvManifest implements RecordingSource, Described {

    private final ManifestLayout layout;
    private final Builder settings;

    private CsvManifest(ManifestLayout layout, Builder settings) {
        this.layout = layout;
        this.settings = settings;
    }

    /** Returns a manifest with the default columns, and its folder as the root of the audio files. */
    public static CsvManifest at(Path manifest) {
        return builder(manifest).build();
    }

    /**
     * Returns a builder of a manifest with other columns or another root.
     *
     * @param manifest path of the file; a pipe, such as {@code /dev/stdin}, is read once and held in memory, and its relative
     *     paths start from the working directory
     */
    public static Builder builder(Path manifest) {
        AudioSource file = FileAudioSource.of(manifest);
        return ReadOnceSource.isPipe(manifest)
                ? new Builder(new ReadOnceSource(file), Path.of("")) : new Builder(file, manifest.resolveSibling(""));
    }

    /**
     * Returns a builder of a manifest that is not in a file, such as one in a bucket. The audio files need a {@link
     * Builder#root root} or a {@link Builder#audio source}.
     */
    public static Builder builder(AudioSource manifest) {
        return new Builder(manifest, null);
    }

    /** Returns a builder with the settings of this manifest. */
    public Builder toBuilder() {
        return new Builder(settings);
    }

    /**
     * Reads the manifest and checks that the audio files exist; opens none of them.
     *
     * @return the recordings in the order of the rows; the data set's name is the manifest's path
     * @throws InvalidDatasetException with every fault at once: the manifest or a column missing, rows
     *     too short or too long, a class that is no known word, a missing subject, files missing or listed
     *     twice, text that is not UTF-8, one class only
     */
    @Override
    public Dataset load() {
        return new ManifestReader(layout).read();
    }

    /**
     * {@inheritDoc}
     *
     * <p>It is not checked that the audio files exist; a missing one is reported when it is read.
     */
    @Override
    public List<Recording> list() {
        return new ManifestReader(layout).list();
    }

    /**
     * Lists the recordings as {@link #list()} does, and looks for the audio files.
     *
     * @param missing receives the sentences of {@link #load()} about audio files that do not exist
     * @throws InvalidDatasetException with every fault of the manifest itself
     */
    public List<Recording> list(Consumer<String> missing) {
        return new ManifestReader(layout).list(missing);
    }

    /** Returns the settings of the section {@code recordings} of an experiment file that names this manifest. */
    @Override
    public ComponentDescription description() {
        return settings.description();
    }

    @Override
    public String toString() {
        return "CsvManifest[" + layout.manifest().name() + "]";
    }

    /** Settings of a {@link CsvManifest}. Not thread-safe. */
    public static final class Builder {

        private final AudioSource manifest;
        private final @Nullable Path folder;
        private @Nullable Path root;
        private @Nullable String rootAddress;
        private boolean describable = true;
        private String fileColumn = "file_path";
        private String classColumn = "class";
        private String subjectColumn = "subject";
        private boolean subjectRequired;
        private @Nullable SubjectPattern subjectPattern;
        private final Map<Label, List<String>> words = new EnumMap<>(Label.class);
        private List<String> missingWords = MissingValues.DEFAULT_WORDS;
        private @Nullable Function<String, AudioSource> elsewhere;

        private Builder(AudioSource manifest, @Nullable Path folder) {
            this.manifest = manifest;
            this.folder = folder;
        }

        private Builder(Builder other) {
            this(other.manifest, other.folder);
            root = other.root;
            rootAddress = other.rootAddress;
            describable = other.describable;
            fileColumn = other.fileColumn;
            classColumn = other.classColumn;
            subjectColumn = other.subjectColumn;
            subjectRequired = other.subjectRequired;
            subjectPattern = other.subjectPattern;
            words.putAll(other.words);
            missingWords = other.missingWords;
            elsewhere = other.elsewhere;
        }

        /** Sets the column of the audio files' paths; default {@code file_path}. */
        public Builder fileColumn(String name) {
            this.fileColumn = PlainText.of(name);
            return this;
        }

        /** Sets the column of the classes; default {@code class}. */
        public Builder classColumn(String name) {
            this.classColumn = PlainText.of(name);
            return this;
        }

        /**
         * Sets the column of the subjects; default {@code subject}. A column that is named here must exist, so
         * that a misspelt name cannot put one speaker into two sets.
         */
        public Builder subjectColumn(String name) {
            this.subjectColumn = PlainText.of(name);
            this.subjectRequired = true;
            return this;
        }

        /**
         * Finds the subjects in the paths of the audio files, in place of a column.
         *
         * @param pattern regular expression whose first group names the subject, such as {@code audio/([a-z]+)-}; it must match
         *     somewhere in every path
         */
        public Builder subjectPattern(Pattern pattern) {
            this.subjectPattern = new SubjectPattern(pattern);
            return this;
        }

        /**
         * Sets the words that stand for a class, in place of {@code 0} or {@code 1}.
         *
         * @param label the class
         * @param itsWords at least one; upper and lower case differ
         */
        public Builder classWords(Label label, Collection<String> itsWords) {
            if (itsWords.isEmpty()) {
                throw new IllegalArgumentException("give at least one word for the class " + label);
            }
            this.words.put(label, itsWords.stream().map(PlainText::of).toList());
            return this;
        }

        /**
         * Sets the words that stand for a missing value, whatever their case; a blank value is always missing. Default
         * {@code ?}, {@code NA}, {@code NaN}, {@code N/A}, {@code #N/A}, {@code #N/D} and {@code null}.
         *
         * @param missing the words in place of these; may be empty
         */
        public Builder missingWords(Collection<String> missing) {
            this.missingWords = List.copyOf(missing);
            return this;
        }

        /** Sets the folder that relative paths start from; default the manifest's own folder. */
        public Builder root(Path folder) {
            this.root = folder;
            return this;
        }

        /**
         * Sets the source of the audio, if it is not in files but in a bucket, for example. Nothing is
         * accessed before it is opened.
         *
         * @param sources returns the source of an id, which is the value of the file column
         */
        public Builder audio(Function<String, AudioSource> sources) {
            this.elsewhere = sources;
            this.describable = false;
            return this;
        }

        /** Sets the source of the audio below an address, that of the manifest if null. */
        Builder audioBelow(@Nullable String address, Function<String, AudioSource> sources) {
            this.rootAddress = address;
            this.elsewhere = sources;
            return this;
        }

        private ComponentDescription description() {
            if (!describable) {
                return new ComponentDescription("CsvManifest with an own source of audio", Map.of());
            }
            Map<String, Object> settings = new LinkedHashMap<>();
            settings.put("manifest", folder == null ? manifest.name() : Path.of(manifest.name()).toAbsolutePath().toString());
            if (root != null) {
                settings.put("root", root.toAbsolutePath().toString());
            } else if (rootAddress != null) {
                settings.put("root", rootAddress);
            }
            settings.put("fileColumn", fileColumn);
            settings.put("classColumn", classColumn);
            words.forEach((label, its) -> settings.put(Settings.nameOf(label) + "Words", its));
            if (!missingWords.equals(MissingValues.DEFAULT_WORDS)) {
                settings.put("missingWords", missingWords);
            }
            if (subjectRequired) {
                settings.put("subjectColumn", subjectColumn);
            }
            if (subjectPattern != null) {
                settings.put("subjectPattern", subjectPattern.pattern().pattern());
            }
            return new ComponentDescription("recordings", settings);
        }

        /**
         * Returns the manifest, which is not read yet.
         *
         * @throws IllegalArgumentException if two settings name one column, a word stands for both classes, or subjects
         *     are to be found in both a column and the paths
         */
        public CsvManifest build() {
            if (fileColumn.equals(classColumn)
                    || subjectColumn.equals(fileColumn)
                    || subjectColumn.equals(classColumn)) {
                throw new IllegalArgumentException("fileColumn, classColumn and subjectColumn must name three different columns,"
                        + " but were '" + fileColumn + "', '" + classColumn + "' and '" + subjectColumn + "'");
            }
            if (subjectPattern != null && subjectRequired) {
                throw new IllegalArgumentException(
                        "only one of subjectColumn and subjectPattern must be given, but both were; remove one");
            }
            Map<String, Label> known = new HashMap<>();
            Map<Label, List<String>> all = new EnumMap<>(Map.of(Label.CONTROL, List.of("0"), Label.PATIENT, List.of("1")));
            all.putAll(words);
            all.forEach((label, its) -> its.forEach(word -> {
                Label before = known.put(word, label);
                if (before != null && before != label) {
                    throw new IllegalArgumentException("'" + word + "' stands for both classes; give each its own words");
                }
            }));
            if (folder == null && root == null && elsewhere == null) {
                throw new IllegalArgumentException("the manifest " + manifest.name() + " is not in a folder, so that it needs a"
                        + " root or a source of the audio; call root or audio");
            }
            return new CsvManifest(new ManifestLayout(
                    manifest, Objects.requireNonNullElse(root, Objects.requireNonNullElse(folder, Path.of(""))), fileColumn,
                    classColumn, subjectColumn, subjectRequired, subjectPattern, Map.copyOf(known),
                    new MissingValues(missingWords), elsewhere), new Builder(this));
        }
    }
}
