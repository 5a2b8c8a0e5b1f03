package io.github.spirabr.audio.probe;

/** Eight bits a sample: the codec of telephone networks, and plain quantisation. */
final class Companding {

    private static final int BIAS = 33;
    private static final int CLIP = 8158;

    private Companding() {}

    /**
     * Encodes and decodes by mu-law of ITU-T G.711: 14 bits a sample become a sign, three bits of a segment and four of a
     * step.
     */
    static float muLaw(float sample) {
        int linear = (int) Math.min(CLIP, Math.round(Math.abs(sample) * 8192.0)) + BIAS;
        int segment = 31 - Integer.numberOfLeadingZeros(linear) - 5;
        int step = linear >> segment + 1 & 0xf;
        int decoded = ((2 * step + BIAS) << segment) - BIAS;
        return (float) (Math.signum(sample) * decoded / 8192.0);
    }

    /** Rounds to one of 256 levels. */
    static float eightBits(float sample) {
        return (float) (Math.max(-128, Math.min(127, Math.round(sample * 128.0))) / 128.0);
    }
}
