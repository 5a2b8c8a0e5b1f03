package io.github.spirabr.storage.fs.manifest;

import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.ComponentException;
import io.github.spirabr.core.component.Described;
import io.github.spirabr.core.component.InvalidSettingException;
import io.github.spirabr.core.component.Settings;
import io.github.spirabr.core.dataset.Dataset;
import io.github.spirabr.core.dataset.InvalidDatasetException;
import io.github.spirabr.core.dataset.RecordingSource;
import io.github.spirabr.core.internal.adapter.PlainText;
import io.github.spirabr.core.recording.AudioSource;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import io.github.spirabr.core.storage.ManifestFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
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
 * Recordings that a file or a folder lists, in one of these forms, which are recognised by their contents:
 *
 * <ul>
 *   <li>{@code csv}: one recording in each row under a header; separated by commas, semicolons or tabs, with fields in double
 *       quotes where needed, in UTF-8 or in UTF-16 with its mark, any line ending; blank lines are skipped
 *   <li>{@code json-lines}: an object in each line, as NeMo and Hugging Face have them
 *   <li>{@code lhotse}: cuts, or recordings and supervisions
 *   <li>{@code kaldi}: a data directory with {@code wav.scp}
 *   <li>{@code audio-folder}: a folder for each class, or a folder with {@code metadata.csv} or {@code metadata.jsonl}
 *   <li>{@code spira-bm}: an export of SPIRA-BM's collector, {@code patients.csv} and {@code samples.csv}
 * </ul>
 *
 * <p>These columns have a meaning; other usual names, such as {@code path}, {@code label} and {@code speaker}, are understood:
 *
 * <ul>
 *   <li>{@code file_path}: the audio file, absolute or relative to the root. Its path from the root, with
 *       {@code '/'}, is the recording's id, however it is written;
 *   <li>{@code class}: {@code 0} for a control, {@code 1} for a patient, or other words given to the builder;
 *   <li>{@code subject}: the speaker. Without this column every recording is a subject of its own, which is
 *       right only if nobody was recorded twice;
 *   <li>{@code offset} and {@code duration} or {@code end}: the part of the file that the recording is, in seconds with a point or
 *       a comma; without an offset it is the whole file, and a duration is metadata;
 *   <li>{@code channel}: the channel of the file, from 1;
 *   <li>{@code session} and {@code task}: metadata of these names;
 *   <li>all other columns become the recording's metadata, without missing values.
 * </ul>
 *
 * <p>A value is missing if it is blank or one of the {@linkplain Builder#missingWords words for missing values}. Names of columns
 * and all values but paths are read in Unicode's normal form C and without spaces at their ends. A path finds its file in either
 * form.
 *
 * <p>Immutable and thread-safe; every {@link #load()} reads the list again.
 */
public final class Manifest implements RecordingSource, Described {

    private final ManifestLayout layout;
    private final ListedFiles.Places places;
    private final Builder settings;

    private Manifest(ManifestLayout layout, ListedFiles.Places places, Builder settings) {
        this.layout = layout;
        this.places = places;
        this.settings = settings;
    }

    /** Returns a manifest with the usual columns, and its folder as the root of the audio files. */
    public static Manifest at(Path manifest) {
        return builder(manifest).build();
    }

    /**
     * Returns a builder of a manifest with other columns or another root.
     *
     * @param manifest path of the file or folder; a pipe, such as {@code /dev/stdin}, is read once and held in memory, and its
     *     relative paths start from the working directory
     */
    public static Builder builder(Path manifest) {
        AudioSource file = FileAudioSource.of(manifest);
        return ReadOnceSource.isPipe(manifest) ? new Builder(new ReadOnceSource(file), null, Path.of(""))
                : new Builder(file, manifest, Files.isDirectory(manifest) ? manifest : manifest.resolveSibling(""));
    }

    /**
     * Returns a builder of a manifest that is not in a file, such as one in a bucket. The audio files need a {@link
     * Builder#root root} or a {@link Builder#audio source}.
     */
    public static Builder builder(AudioSource manifest) {
        return new Builder(manifest, null, null);
    }

    /** Returns a builder with the settings of this manifest. */
    public Builder toBuilder() {
        return new Builder(settings);
    }

    /**
     * Reads the list and checks that the audio files exist; opens none of them.
     *
     * @return the recordings in the order of the rows; the data set's name is the manifest's path
     * @throws InvalidDatasetException with every fault at once: the manifest or a column missing, rows
     *     too short or too long, a class that is no known word, a missing subject, files missing or listed
     *     twice, text in another encoding, one class only
     */
    @Override
    public Dataset load() {
        ListReader reader = reader();
        return reader.read(form(reader));
    }

    /**
     * {@inheritDoc}
     *
     * <p>It is not checked that the audio files exist; a missing one is reported when it is read.
     */
    @Override
    public List<Recording> list() {
        ListReader reader = reader();
        return reader.list(form(reader));
    }

    /**
     * Lists the recordings as {@link #list()} does, and looks for the audio files.
     *
     * @param missing receives the sentences of {@link #load()} about audio files that do not exist
     * @param notes receives the {@linkplain Dataset#notes notes} of the data set
     * @throws InvalidDatasetException with every fault of the list itself
     */
    public List<Recording> list(Consumer<String> missing, Consumer<String> notes) {
        ListReader reader = reader();
        return reader.list(form(reader), missing, notes);
    }

    private ListReader reader() {
        return new ListReader(settings.manifest.name(), layout, places);
    }

    private Form form(ListReader reader) {
        Path path = settings.path;
        String form = layout.form().or(() -> OtherForms.recognise(settings.manifest,
                path != null && Files.isDirectory(path) ? path : null)).orElse(OtherForms.CSV);
        CsvForm.Dialect dialect = new CsvForm.Dialect(layout.separator(), layout.encoding());
        if (form.equals(OtherForms.CSV)) {
            return new CsvForm(settings.manifest, dialect, reader::takeHeader);
        }
        try {
            return OtherForms.named(form, settings.manifest, path, dialect, reader.notices());
        } catch (IllegalArgumentException e) {
            throw new InvalidDatasetException(settings.manifest.name(), List.of(String.valueOf(e.getMessage())));
        }
    }

    /** Returns the settings of the section {@code recordings} of an experiment file that names this manifest. */
    @Override
    public ComponentDescription description() {
        return settings.description();
    }

    @Override
    public String toString() {
        return "Manifest[" + settings.manifest.name() + "]";
    }

    /** Settings of a {@link Manifest}. Not thread-safe. */
    public static final class Builder {

        private final AudioSource manifest;
        private final @Nullable Path path;
        private final @Nullable Path folder;
        private @Nullable Path root;
        private @Nullable String rootAddress;
        private boolean describable = true;
        /** Settings of {@link ManifestFormat#LAYOUT} but the root. */
        private final Map<String, Object> layout = new HashMap<>(Map.of(
                Column.FILE.setting(), Column.FILE.usual(), Column.CLASS.setting(), Column.CLASS.usual()));
        private @Nullable Function<String, AudioSource> elsewhere;

        private Builder(AudioSource manifest, @Nullable Path path, @Nullable Path folder) {
            this.manifest = manifest;
            this.path = path;
            this.folder = folder;
        }

        private Builder(Builder other) {
            this(other.manifest, other.path, other.folder);
            root = other.root;
            rootAddress = other.rootAddress;
            describable = other.describable;
            layout.putAll(other.layout);
            elsewhere = other.elsewhere;
        }

        /** Sets the column of the audio files' paths; default {@code file_path}. */
        public Builder fileColumn(String name) {
            return set(Column.FILE.setting(), PlainText.of(name));
        }

        /** Sets the column of the classes; default {@code class}. */
        public Builder classColumn(String name) {
            return set(Column.CLASS.setting(), PlainText.of(name));
        }

        /**
         * Sets the column of the subjects; default {@code subject}. A column that is named here must exist, so
         * that a misspelt name cannot put one speaker into two sets.
         */
        public Builder subjectColumn(String name) {
            return set(Column.SUBJECT.setting(), PlainText.of(name));
        }

        /**
         * Finds the subjects in the paths of the audio files, in place of a column.
         *
         * @param pattern regular expression whose first group names the subject, such as {@code audio/([a-z]+)-}; it must match
         *     somewhere in every path
         */
        public Builder subjectPattern(Pattern pattern) {
            return set("subjectPattern", new SubjectPattern(pattern).pattern().pattern());
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
            return set(Settings.nameOf(label) + "Words", itsWords.stream().map(PlainText::of).toList());
        }

        /**
         * Sets the words that stand for a missing value, whatever their case; a blank value is always missing. Default
         * {@code ?}, {@code NA}, {@code NaN}, {@code N/A}, {@code #N/A}, {@code #N/D} and {@code null}.
         *
         * @param missing the words in place of these; may be empty
         */
        public Builder missingWords(Collection<String> missing) {
            return set("missingWords", List.copyOf(missing));
        }

        /** Sets the words of the class column whose rows are left out; default none. */
        public Builder ignoreWords(Collection<String> ignored) {
            return set("ignoreWords", List.copyOf(ignored));
        }

        /** Takes only the rows with one of these values in a column, such as the tasks {@code phrase} and {@code rhyme}. */
        public Builder where(String column, Collection<String> values) {
            return set("where." + column, List.copyOf(values));
        }

        /**
         * Sets further settings of {@link ManifestFormat#LAYOUT}, such as {@code sessionColumn}, {@code form} or {@code find}.
         *
         * @param values values, by name; {@link #build} checks them
         */
        public Builder layout(Map<String, ?> values) {
            values.forEach(this::set);
            return this;
        }

        private Builder set(String name, Object value) {
            layout.put(name, value);
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
                return new ComponentDescription("manifest with an own source of audio", Map.of());
            }
            Map<String, Object> settings = new LinkedHashMap<>();
            settings.put("manifest", folder == null ? manifest.name() : Path.of(manifest.name()).toAbsolutePath().toString());
            if (root != null) {
                settings.put("root", root.toAbsolutePath().toString());
            } else if (rootAddress != null) {
                settings.put("root", rootAddress);
            }
            settings.putAll(ManifestFormat.LAYOUT.ordered(layout));
            settings.remove("missingWords", MissingValues.DEFAULT_WORDS);
            return new ComponentDescription("recordings", settings);
        }

        /**
         * Returns the manifest, which is not read yet.
         *
         * @throws IllegalArgumentException if two settings name one column, a word stands for both classes, or subjects
         *     are to be found in both a column and the paths
         */
        public Manifest build() {
            ManifestLayout checked = checked();
            if (folder == null && root == null && elsewhere == null) {
                throw new IllegalArgumentException("the manifest " + manifest.name() + " is not in a folder, so that it needs a"
                        + " root or a source of the audio; call root or audio");
            }
            if (checked.find() && elsewhere != null) {
                throw new IllegalArgumentException("find must be for audio in folders, but that of " + manifest.name()
                        + " is elsewhere; write whole paths, and remove find");
            }
            Path start = Objects.requireNonNullElse(root, Objects.requireNonNullElse(folder, Path.of("")));
            return new Manifest(checked, new ListedFiles.Places(start, elsewhere), new Builder(this));
        }

        private ManifestLayout checked() {
            try {
                return ManifestFormat.LAYOUT.read("", layout, settings -> {
                    if (settings.has("root")) {
                        throw new InvalidSettingException("root", "must be given by itself");
                    }
                    return new ManifestLayout(settings);
                });
            } catch (ComponentException e) {
                throw e.getCause() instanceof IllegalArgumentException cause ? cause
                        : new IllegalArgumentException(e.getMessage(), e);
            }
        }
    }
}
