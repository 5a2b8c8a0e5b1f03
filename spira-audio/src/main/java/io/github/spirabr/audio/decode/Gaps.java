package io.github.spirabr.audio.decode;

/**
 * A treatment of holes in a recording's time stamps, which a muted microphone, lost packets and discontinuous transmission
 * leave. A hole is a jump of at least a whole packet of 20 ms or more, or a lag of 0.1 s that has built up.
 */
public enum Gaps {
    /** Puts silence into the holes, so that pauses keep their length. */
    FILL,
    /** Joins the sound before a hole to the sound after it, so that the recording becomes shorter. */
    CLOSE,
    /** Refuses the recording. */
    REFUSE
}
