package io.github.spirabr.core.pipeline;

import io.github.spirabr.core.audio.AudioException;
import io.github.spirabr.core.internal.OrderedMap;
import io.github.spirabr.core.internal.Parts;
import io.github.spirabr.core.internal.Sha256;
import io.github.spirabr.core.internal.WorkThreads;
import io.github.spirabr.core.recording.AudioSource;
import io.github.spirabr.core.recording.Recording;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The identity of each recording's sound: the version of its bytes, or their hash if they have none, and its part of them.
 * Immutable.
 */
final class RecordingContents {

    private static final String NOTHING = Sha256.hex(new byte[0]);

    /** The bytes of a file. */
    private record Content(String text, @Nullable IOException failure) {}

    private final Map<String, Content> byId;

    private RecordingContents(Map<String, Content> byId) {
        this.byId = byId;
    }

    /**
     * Reads the bytes of files that have no version, each once; an unreadable recording is reported when it is requested.
     */
    static RecordingContents of(List<Recording> recordings, WorkThreads threads) {
        List<AudioSource> files = recordings.stream().map(one -> one.audio().whole()).distinct().toList();
        Map<AudioSource, Content> contents = new HashMap<>();
        try (OrderedMap<AudioSource, Content> read = threads.map(files, RecordingContents::read)) {
            files.forEach(file -> contents.put(file, read.next()));
        }
        Map<String, Content> byId = new HashMap<>();
        recordings.forEach(one -> byId.put(one.id(), contents.get(one.audio().whole())));
        return new RecordingContents(byId);
    }

    private static Content read(AudioSource file) {
        try {
            Optional<String> version = file.version();
            if (version.isPresent()) {
                return new Content("version " + version.get(), null);
            }
            try (InputStream in = file.open()) {
                return new Content(Sha256.hex(in), null);
            }
        } catch (IOException e) {
            return new Content("", e);
        }
    }

    /** Returns why a recording cannot be used, as far as that is known without decoding it. */
    Optional<RejectedRecording> fault(Recording recording) {
        Content content = known(recording);
        String text = "recording " + recording.id();
        if (content.failure != null) {
            return Optional.of(new RejectedRecording(
                    recording, AudioException.Reason.UNREACHABLE, text + " could not be read: " + content.failure));
        }
        return content.text.equals(NOTHING)
                ? Optional.of(new RejectedRecording(recording, AudioException.Reason.EMPTY, text + " is empty (0 bytes)"))
                : Optional.empty();
    }

    /** Returns whether its bytes could be read. */
    boolean has(Recording recording) {
        return known(recording).failure == null;
    }

    /**
     * Returns the content of one of these recordings.
     *
     * @throws PipelineException if it could not be read
     */
    String of(Recording recording) {
        Content content = known(recording);
        if (content.failure != null) {
            throw new PipelineException("recording " + recording.id() + " could not be read", content.failure);
        }
        return Parts.content(content.text, recording.audio().part());
    }

    /** Returns the content of one of these recordings; empty if it could not be read. */
    Optional<String> ifReadable(Recording recording) {
        return has(recording) ? Optional.of(of(recording)) : Optional.empty();
    }

    private Content known(Recording recording) {
        Content content = byId.get(recording.id());
        if (content == null) {
            throw new IllegalArgumentException("recording " + recording.id() + " does not belong to the run");
        }
        return content;
    }

    /**
     * Returns a fingerprint of the contents and labels of readable recordings, independent of their names and order.
     */
    String fingerprint(List<Recording> recordings) {
        return Sha256.hex(recordings.stream()
                .filter(this::has)
                .map(one -> of(one) + ' ' + one.label().code() + '\n')
                .sorted()
                .collect(Collectors.joining()));
    }
}
