package io.github.spirabr.storage.fs.manifest;

import io.github.spirabr.core.dataset.InvalidDatasetException;
import io.github.spirabr.core.internal.adapter.FaultList;
import io.github.spirabr.core.recording.AudioSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/** Reads the text of a manifest, which is never in memory as a whole. */
final class ManifestText {

    private static final String UNREADABLE = "unreadable manifests";
    static final String WRONG_ENCODING =
            "has bytes that its encoding does not have; set encoding to that of the manifest";
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private ManifestText() {}

    /**
     * Checks a text in UTF-8 in a first pass, and opens it after its byte-order mark, if it has one.
     *
     * @param encoding encoding of the text; if empty, UTF-8, or UTF-16 with its mark
     * @param faults receives one sentence for each line that is not UTF-8; such bytes become U+FFFD, so that the other lines
     *     can still be checked
     * @throws InvalidDatasetException if the file cannot be read
     */
    static BufferedReader open(AudioSource file, Optional<Charset> encoding, FaultList faults) {
        try {
            Charset charset = encoding.isPresent() ? encoding.get() : encoding(file);
            if (charset.equals(StandardCharsets.UTF_8)) {
                try (InputStream in = file.open()) {
                    new Utf8Check(faults).read(in);
                }
                return behindMark(new BufferedReader(new InputStreamReader(file.open(), charset)));
            }
            return behindMark(new BufferedReader(new InputStreamReader(file.open(), charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT).onUnmappableCharacter(CodingErrorAction.REPORT))));
        } catch (CharacterCodingException e) {
            faults.add(UNREADABLE, "", WRONG_ENCODING);
        } catch (NoSuchFileException e) {
            faults.add(UNREADABLE, "", "there is no such file; correct the manifest's path");
        } catch (AccessDeniedException e) {
            faults.add(UNREADABLE, "", "the manifest could not be read: permission denied; change its permissions");
        } catch (IOException e) {
            faults.add(UNREADABLE, "", "the manifest could not be read (" + e.getMessage() + "); it must be a CSV file");
        }
        throw new InvalidDatasetException(file.name(), faults.sentences());
    }

    /** Returns UTF-16 if the text begins with its mark, or is ASCII in UTF-16, as the header of a list is. */
    private static Charset encoding(AudioSource file) throws IOException {
        byte[] first;
        try (InputStream in = file.open()) {
            first = in.readNBytes(4);
        }
        if (first.length < 4) {
            return StandardCharsets.UTF_8;
        }
        boolean marked = first[0] == (byte) 0xFE && first[1] == (byte) 0xFF || first[0] == (byte) 0xFF && first[1] == (byte) 0xFE;
        if (marked) {
            return StandardCharsets.UTF_16;
        }
        if (first[0] == 0 && first[2] == 0 && first[1] != 0 && first[3] != 0) {
            return StandardCharsets.UTF_16BE;
        }
        return first[1] == 0 && first[3] == 0 && first[0] != 0 && first[2] != 0
                ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_8;
    }

    private static BufferedReader behindMark(BufferedReader text) throws IOException {
        try {
            text.mark(1);
            if (text.read() != BYTE_ORDER_MARK) {
                text.reset();
            }
            return text;
        } catch (IOException e) {
            text.close();
            throw e;
        }
    }
}
