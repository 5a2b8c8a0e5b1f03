package io.github.spirabr.core.audit;

import io.github.spirabr.core.audio.SoundDigest;
import io.github.spirabr.core.audio.Waveform;
import java.util.Objects;

/** The digest, fingerprint and landmarks by which a sound is recognised. Made by {@link SplitAudit#print}. Immutable and thread-safe. */
public final class SoundPrint {

    private final String digest;
    private final Fingerprint fingerprint;
    private final SampleLandmarks landmarks;

    SoundPrint(Waveform waveform, Fingerprint fingerprint) {
        this.digest = SoundDigest.of(waveform);
        this.fingerprint = fingerprint;
        this.landmarks = SampleLandmarks.of(waveform);
    }

    /** Equal for identical sounds. */
    String digest() {
        return digest;
    }

    /** Alike for nearly identical sounds. */
    Fingerprint fingerprint() {
        return fingerprint;
    }

    /** Some are shared by sounds that share samples. */
    SampleLandmarks landmarks() {
        return landmarks;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SoundPrint that && digest.equals(that.digest) && fingerprint.equals(that.fingerprint)
                && landmarks.equals(that.landmarks);
    }

    @Override
    public int hashCode() {
        return Objects.hash(digest, fingerprint);
    }
}
