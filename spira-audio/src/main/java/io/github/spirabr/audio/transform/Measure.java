package io.github.spirabr.audio.transform;

/** A measure of a recording's level, in decibels, with its usual target. */
enum Measure {

    /** Greatest magnitude relative to 1, in dBFS. */
    PEAK(-1) {
        @Override
        double decibels(double[] samples, int rate) {
            double peak = 0;
            for (double sample : samples) {
                peak = Math.max(peak, Math.abs(sample));
            }
            return 20 * Math.log10(peak);
        }
    },

    /** Root of the mean square relative to 1, in dBFS. */
    RMS(-26) {
        @Override
        double decibels(double[] samples, int rate) {
            return 10 * Math.log10(Samples.power(samples, 0, samples.length));
        }
    },

    /** Integrated loudness, in LUFS. */
    LOUDNESS(-23) {
        @Override
        double decibels(double[] samples, int rate) {
            return Loudness.integrated(samples, rate);
        }
    };

    private final double usual;

    Measure(double usual) {
        this.usual = usual;
    }

    double usual() {
        return usual;
    }

    /** Returns the level, which is negative infinity for silence; the samples may be overwritten. */
    abstract double decibels(double[] samples, int rate);
}
