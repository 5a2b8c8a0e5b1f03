package io.github.spirabr.audio.augment;

/** The treatment of a noise that is shorter than the recording. */
public enum ShortNoise {
    /** It is played round and round, beginning at a random place of it. */
    LOOP,
    /** It is not chosen for this recording; where all noises are too short, the recording is refused. */
    SKIP
}
