package io.github.spirabr.core.audit;

/**
 * The digest and fingerprint by which a sound is recognised.
 *
 * @param digest see {@link io.github.spirabr.core.audio.SoundDigest}; equal for identical sounds
 * @param fingerprint similar for nearly identical sounds
 */
public record SoundPrint(String digest, Fingerprint fingerprint) {}
