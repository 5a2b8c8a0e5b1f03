package io.github.spirabr.storage.fs.manifest;

import io.github.spirabr.core.dataset.InvalidDatasetException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Reads the text of a manifest. */
final class ManifestText {

    private ManifestText() {}

    /**
     * @param faults receives one sentence for each line that is not UTF-8
     * @throws InvalidDatasetException if the file cannot be read
     */
    static String of(Path file, List<String> faults) {
        try {
            return Utf8Text.decode(Files.readAllBytes(file), faults);
        } catch (NoSuchFileException e) {
            faults.add("there is no such file; correct the manifest's path");
        } catch (AccessDeniedException e) {
            faults.add("the manifest may not be read; ask for the permission");
        } catch (IOException e) {
            faults.add("the manifest cannot be read (" + e.getMessage() + "); it must be a CSV file");
        }
        throw new InvalidDatasetException(file.toString(), faults);
    }
}
