package io.github.spirabr.core.pipeline;

import io.github.spirabr.core.audio.AudioReader;
import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.internal.MemoryBudget;
import io.github.spirabr.core.recording.Recording;

/** A reader of recordings that caches as many waveforms of every epoch as fit into memory. Thread-safe. */
final class Waveforms {

    private final AudioReader reader;
    private final RecordingCache<Waveform> kept;

    Waveforms(AudioReader reader, MemoryBudget budget) {
        this.reader = reader;
        this.kept = new RecordingCache<>(budget, waveform -> (long) Float.BYTES * waveform.length());
    }

    Waveform read(Recording recording) {
        return kept.known(recording).orElseGet(() -> decode(recording));
    }

    Waveform keep(Recording recording) {
        return kept.get(recording, this::decode);
    }

    private Waveform decode(Recording recording) {
        return reader.read(recording.id(), recording.audio());
    }
}
