package io.github.spirabr.encoder;

import io.github.spirabr.core.component.InvalidSettingException;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The bytes of an ONNX file, mapped into memory.
 *
 * @param name the file's name, without its folder
 * @param sha256 the SHA-256 of its bytes, in lower-case hexadecimal
 */
record GraphFile(String name, String sha256, ByteBuffer content) {

    /** The environment variable with the folders of encoders, separated as in {@code PATH}. */
    static final String FOLDERS = "SPIRA_ENCODERS";
    /** The system property in place of {@link #FOLDERS}. */
    static final String FOLDERS_PROPERTY = "spira.encoders";

    private static final String FILE = "file";
    /** The files that this process has read, by their SHA-256: a model that is opened where it was trained finds its encoder. */
    private static final Map<String, Path> READ = new ConcurrentHashMap<>();

    /**
     * Finds a file by its path, or else by its name in the folders of encoders, or among the files that this process has read.
     *
     * @param sha256 the SHA-256 that it must have; empty for any
     * @throws InvalidSettingException if no file is found, or none has that SHA-256
     */
    static GraphFile find(String file, Optional<String> sha256) {
        List<String> others = new ArrayList<>();
        for (Path place : places(file, sha256)) {
            if (Files.isRegularFile(place)) {
                GraphFile found = read(place);
                if (sha256.isEmpty() || sha256.get().equals(found.sha256)) {
                    return found;
                }
                others.add(place + " has " + found.sha256);
            }
        }
        if (others.isEmpty()) {
            throw new InvalidSettingException(FILE, "there is no file " + file + "; correct the path, or set the environment"
                    + " variable " + FOLDERS + " to the folder that contains it"
                    + sha256.map(wanted -> " (SHA-256 " + wanted + ")").orElse(""));
        }
        throw new InvalidSettingException("sha256", "the encoder must be the file with the SHA-256 " + sha256.orElseThrow()
                + ", but " + String.join(" and ", others) + "; restore that file, or train again with this one");
    }

    private static Set<Path> places(String file, Optional<String> sha256) {
        Set<Path> places = new LinkedHashSet<>();
        try {
            Path given = Path.of(file);
            places.add(given);
            String folders = System.getProperty(FOLDERS_PROPERTY, System.getenv().getOrDefault(FOLDERS, ""));
            for (String folder : folders.split(File.pathSeparator)) {
                if (!folder.isBlank() && given.getFileName() != null) {
                    places.add(Path.of(folder).resolve(given.getFileName()));
                }
            }
        } catch (InvalidPathException e) {
            throw new InvalidSettingException(FILE, "'" + e.getInput() + "' is not a valid path on this system (" + e.getReason()
                    + "); correct it");
        }
        sha256.map(READ::get).ifPresent(places::add);
        return places;
    }

    private static GraphFile read(Path path) {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            if (channel.size() > Integer.MAX_VALUE) {
                throw new InvalidSettingException(FILE, path + " must have at most 2 GB, but has " + (channel.size() >> 20)
                        + " MB; export a smaller encoder");
            }
            ByteBuffer content = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(content.duplicate());
            String sha256 = HexFormat.of().formatHex(digest.digest());
            READ.put(sha256, path.toAbsolutePath());
            return new GraphFile(path.getFileName().toString(), sha256, content);
        } catch (IOException e) {
            throw new InvalidSettingException(FILE, path + " must be readable, but is not: " + e + "; check its permissions");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
