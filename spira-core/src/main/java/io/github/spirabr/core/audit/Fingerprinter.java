package io.github.spirabr.core.audit;

import io.github.spirabr.core.audio.Waveform;

/**
 * Port: makes fingerprints of sounds, so that a sound is known again after it was encoded anew, resampled, made louder or
 * trimmed. Implementations are immutable and safe for any number of threads.
 */
public interface Fingerprinter {

    /**
     * Computes the fingerprint of a waveform; equal samples have equal fingerprints. All compared waveforms have one
     * sample rate.
     */
    Fingerprint fingerprint(Waveform waveform);

    /** Names the method and its version, for certificates. */
    String method();
}
