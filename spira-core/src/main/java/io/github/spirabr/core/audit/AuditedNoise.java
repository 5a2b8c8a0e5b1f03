package io.github.spirabr.core.audit;

/**
 * A noise that is mixed into recordings.
 *
 * @param name for messages, such as its file
 * @param evaluation whether evaluation uses it; otherwise training does
 * @param mayBeShared whether the user allows training and evaluation to use the same noises
 * @param print its digest and fingerprint
 */
public record AuditedNoise(String name, boolean evaluation, boolean mayBeShared, SoundPrint print) {}
