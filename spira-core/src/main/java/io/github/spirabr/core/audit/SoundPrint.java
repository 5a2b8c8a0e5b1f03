package io.github.spirabr.core.audit;

/**
 * What is kept of a sound to know it again.
 *
 * @param digest see {@link io.github.spirabr.core.audio.SoundDigest}; equal for identical sounds
 * @param fingerprint alike for nearly identical sounds
 */
public record SoundPrint(String digest, Fingerprint fingerprint) {}
