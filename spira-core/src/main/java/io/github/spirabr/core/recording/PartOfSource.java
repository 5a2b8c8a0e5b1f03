package io.github.spirabr.core.recording;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * A part of another source, whose bytes are those of the whole file.
 *
 * @param whole the source of the file
 * @param part never {@link AudioPart#WHOLE}
 */
record PartOfSource(AudioSource whole, AudioPart part) implements AudioSource {

    @Override
    public String name() {
        return whole.name() + part.idSuffix();
    }

    @Override
    public InputStream open() throws IOException {
        return whole.open();
    }

    @Override
    public Optional<String> version() throws IOException {
        return whole.version();
    }

    @Override
    public String toString() {
        return whole + part.idSuffix();
    }
}
