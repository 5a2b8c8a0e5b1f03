package io.github.spirabr.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** The text of a YAML file, which is read up to a limit. */
final class YamlFile {

    /** The largest file that is read. */
    static final int LARGEST_BYTES = 1 << 20;

    private YamlFile() {}

    /**
     * Reads a text in UTF-8.
     *
     * @param name name of the file in messages
     * @param faults receives one sentence if it cannot be read, or is larger than {@link #LARGEST_BYTES}
     */
    static Optional<String> read(Path file, String name, Consumer<String> faults) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LARGEST_BYTES + 1);
            if (bytes.length > LARGEST_BYTES) {
                faults.accept(name + " must have at most " + LARGEST_BYTES + " bytes, but has more; move long lists into a"
                        + " manifest");
                return Optional.empty();
            }
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (NoSuchFileException e) {
            faults.accept("there is no file " + name + "; correct the path");
        } catch (CharacterCodingException e) {
            faults.accept(name + " could not be read as a text in UTF-8 (it has other bytes); save it in this encoding");
        } catch (IOException e) {
            faults.accept(name + " could not be read (" + e.getMessage() + "); check the path and its permissions");
        }
        return Optional.empty();
    }
}
