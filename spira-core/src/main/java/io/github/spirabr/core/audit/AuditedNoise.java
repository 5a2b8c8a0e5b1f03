package io.github.spirabr.core.audit;

/**
 * A noise that is mixed into recordings.
 *
 * @param name for messages, such as its file
 * @param evaluation whether evaluation hears it; otherwise training does
 * @param mayBeShared whether the user has said that training and evaluation may hear the same noises
 * @param print what it is known again by
 */
public record AuditedNoise(String name, boolean evaluation, boolean mayBeShared, SoundPrint print) {}
