package io.github.spirabr.core.audio;

import java.time.Duration;

/**
 * A finding about a recording that was decoded: sound that was filled in or left out, or a header that disagrees with
 * it.
 *
 * @param kind kind for programs
 * @param duration duration of the sound that is concerned; zero if it is not known, or if no sound is concerned
 * @param text text for readers: the finding and the remedy, without the recording's id
 */
public record SoundNote(Kind kind, Duration duration, String text) {

    /** A kind of finding. */
    public enum Kind {
        /** Silence stands in place of holes in the time stamps: a muted microphone or lost packets. */
        GAPS_FILLED,
        /** Holes in the time stamps were closed, so that the waveform is shorter than the recording. */
        GAPS_CLOSED,
        /** The channels cancel each other in their mean: they are of opposite phase. */
        CHANNELS_CANCEL,
        /** A little of the sound that the header promises is missing at the end. */
        CUT_SHORT,
        /** Packets that cannot be decoded were left out. */
        PACKETS_LEFT_OUT,
        /** Audio tracks beside the one that was decoded, or after it, were left out. */
        TRACKS_LEFT_OUT,
        /** Bytes behind the end of the audio data that the header declares were left out. */
        DATA_LEFT_OUT,
        /** The header states another length than the sound has; all of the sound was decoded. */
        HEADER_DISAGREES
    }
}
