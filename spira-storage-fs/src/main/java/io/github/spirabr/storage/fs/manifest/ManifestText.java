package io.github.spirabr.storage.fs.manifest;

import io.github.spirabr.core.dataset.InvalidDatasetException;
import io.github.spirabr.core.internal.adapter.FaultList;
import io.github.spirabr.core.recording.AudioSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** Reads the text of a manifest, which is never in memory as a whole. */
final class ManifestText {

    private static final String UNREADABLE = "unreadable manifests";
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private ManifestText() {}

    /**
     * Checks the text in a first pass, and opens it after its byte-order mark, if it has one.
     *
     * @param faults receives one sentence for each line that is not UTF-8; such bytes become U+FFFD, so that the other lines
     *     can still be checked
     * @throws InvalidDatasetException if the file cannot be read
     */
    static Reader open(AudioSource file, FaultList faults) {
        try {
            try (InputStream in = file.open()) {
                new Utf8Check(faults).read(in);
            }
            return behindMark(new BufferedReader(new InputStreamReader(file.open(), StandardCharsets.UTF_8)));
        } catch (NoSuchFileException e) {
            faults.add(UNREADABLE, "", "there is no such file; correct the manifest's path");
        } catch (AccessDeniedException e) {
            faults.add(UNREADABLE, "", "the manifest could not be read: permission denied; change its permissions");
        } catch (IOException e) {
            faults.add(UNREADABLE, "", "the manifest could not be read (" + e.getMessage() + "); it must be a CSV file");
        }
        throw new InvalidDatasetException(file.name(), faults.sentences());
    }

    private static Reader behindMark(Reader text) throws IOException {
        text.mark(1);
        if (text.read() != BYTE_ORDER_MARK) {
            text.reset();
        }
        return text;
    }
}
