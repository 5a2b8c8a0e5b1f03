package io.github.spirabr.report;

/** Colours of numbers from 0 to 1, between equidistant colours that are mixed linearly. */
enum ColourMap {

    /** Viridis of matplotlib: evenly perceived, also in grey and by the colour-blind. */
    SEQUENTIAL(0x440154, 0x482475, 0x414487, 0x355F8D, 0x2A788E, 0x21918C, 0x22A884, 0x44BF70, 0x7AD151, 0xBDDF26,
            0xFDE725),

    /** Red and blue of ColorBrewer, with white in the middle, for numbers of either sign. */
    DIVERGING(0x053061, 0x2166AC, 0x4393C3, 0x92C5DE, 0xD1E5F0, 0xF7F7F7, 0xFDDBC7, 0xF4A582, 0xD6604D, 0xB2182B,
            0x67001F);

    private final int[] anchors;

    ColourMap(int... anchors) {
        this.anchors = anchors;
    }

    /** The colour as 0xRRGGBB; below 0 and above 1 that of the end. */
    int rgb(double share) {
        double position = Math.max(0, Math.min(1, share)) * (anchors.length - 1);
        int left = Math.min((int) position, anchors.length - 2);
        double right = position - left;
        int rgb = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int a = anchors[left] >> shift & 0xFF;
            int b = anchors[left + 1] >> shift & 0xFF;
            rgb |= (int) Math.round(a + right * (b - a)) << shift;
        }
        return rgb;
    }
}
