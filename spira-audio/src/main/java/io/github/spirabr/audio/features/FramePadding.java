package io.github.spirabr.audio.features;

/** The samples that frames see beyond the ends of a window of the recording. */
public enum FramePadding {
    /** Frame t is centred on sample t * hopLength; beyond the ends the signal is reflected, without repeating the end sample. */
    REFLECT,
    /** Frame t is centred on sample t * hopLength; beyond the ends there are zeros. */
    CONSTANT,
    /** Frame t begins at sample t * hopLength, and only frames that lie within the signal are taken; Kaldi's snip-edges. */
    NONE,
    /**
     * Frame t is centred on sample (t + 1/2) * hopLength; beyond the ends the signal is reflected, and the end sample is
     * repeated; Kaldi without snip-edges.
     */
    MIRROR
}
