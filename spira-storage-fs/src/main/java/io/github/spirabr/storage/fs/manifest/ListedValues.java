package io.github.spirabr.storage.fs.manifest;

import io.github.spirabr.core.recording.AudioPart;
import io.github.spirabr.core.recording.AudioSource;
import io.github.spirabr.core.recording.Recording;
import io.github.spirabr.core.storage.Storage;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** The values of a recording as a list has them. Immutable. */
final class ListedValues {

    private static final Set<String> UNDERSTOOD =
            Set.of("file_path", "class", "subject", "offset", "channel", LhotseRecording.EXACT_PART);
    private static final MissingValues MISSING = new MissingValues(MissingValues.DEFAULT_WORDS);

    private final Path folder;

    /**
     * Creates an instance.
     *
     * @param list the list, whose folder the paths start from
     */
    ListedValues(Path list) {
        this.folder = Objects.requireNonNull(list.toAbsolutePath().normalize().getParent(), "the list must be in a folder");
    }

    /** Returns the path of the audio file, relative to the folder of the list; the id of a recording that is in no file. */
    String path(Recording recording) {
        AudioSource whole = recording.audio().whole();
        if (Storage.isAddress(whole.name())) {
            return whole.name();
        }
        if (!(whole instanceof FileAudioSource) && !isFile(whole.name())) {
            String suffix = recording.audio().part().idSuffix();
            return recording.id().endsWith(suffix)
                    ? recording.id().substring(0, recording.id().length() - suffix.length()) : recording.id();
        }
        Path file = folder.getFileSystem().getPath(whole.name()).toAbsolutePath().normalize();
        Path path = Objects.equals(file.getRoot(), folder.getRoot()) ? folder.relativize(file) : file;
        return path.toString().replace('\\', '/');
    }

    private boolean isFile(String name) {
        try {
            return Files.isRegularFile(folder.getFileSystem().getPath(name));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /** Returns offset, duration and channel, as far as the part has them. */
    static Map<String, String> part(AudioPart part) {
        Map<String, String> values = new LinkedHashMap<>();
        if (!part.offset().isZero() || part.duration().isPresent()) {
            values.put("offset", seconds(part.offset()));
            part.duration().ifPresent(duration -> values.put("duration", seconds(duration)));
        }
        part.channel().ifPresent(channel -> values.put("channel", String.valueOf(channel)));
        return values;
    }

    private static String seconds(Duration time) {
        return DecimalSeconds.text(DecimalSeconds.of(time));
    }

    /** Returns whether a column would be read as another one. */
    private static boolean isAnotherName(String column) {
        return Stream.of(Column.SESSION, Column.TASK, Column.OFFSET, Column.DURATION, Column.END, Column.CHANNEL)
                .anyMatch(one -> one.isCalled(column) && (one == Column.END || !one.usual().equals(column)));
    }

    /** Returns the metadata, which must be read back as it is, as the subject must. */
    static Map<String, String> metadata(Recording recording) {
        if (MISSING.isMissing(recording.subject())) {
            throw new IllegalArgumentException("the subject of the recording " + recording.id() + " must be a name that can be read"
                    + " back, but is '" + recording.subject() + "', which means a missing value; rename the subject");
        }
        recording.metadata().forEach((column, value) -> {
            if (UNDERSTOOD.contains(column) || isAnotherName(column)
                    || column.equals("duration") && part(recording.audio().part()).containsKey("offset")) {
                throw new IllegalArgumentException("metadata of the recording " + recording.id() + " must have names that are not"
                        + " understood otherwise, but has '" + column + "'; rename the column");
            }
            if (column.isEmpty() || MISSING.isMissing(value)) {
                throw new IllegalArgumentException("metadata of the recording " + recording.id() + " must have a name and a value"
                        + " that can be read back, but '" + column + "' has '" + value + "', which means a missing value;"
                        + " write it in another way, or leave it out");
            }
        });
        return recording.metadata();
    }
}
