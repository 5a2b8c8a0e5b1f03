package io.github.spirabr.core.inspection;

/**
 * How well a property alone tells the classes apart: the probability that it is right about which of a patient and a
 * control is which. 0.5 is chance, 1 is always. A high value of something that has nothing to do with breath, such as a
 * codec or the noise of a room, means that a model can learn it in place of speech.
 *
 * @param auroc area under the receiver operating characteristic, at least 0.5 for numbers; for kinds, each recording is
 *     judged by other subjects' recordings, so that it may be below
 * @param lower end of its 95 % interval by bootstrap over subjects; NaN where there is none
 * @param upper end of its 95 % interval
 * @param patientsHigher for numbers, whether patients have the higher values
 */
public record ClassHint(double auroc, double lower, double upper, boolean patientsHigher) {

    /** A property that is right this often is called a suspect. */
    public static final double STRONG = 0.7;

    /** Whether it is right {@value #STRONG} of the time, and that is no chance: the interval lies above 0.5. */
    public boolean isSuspect() {
        return auroc >= STRONG && lower > 0.5;
    }
}
