package io.github.spirabr.core.inspection;

/**
 * A measure of the separation of the classes by a property alone: the probability that it ranks a patient and a control
 * correctly. 0.5 is chance, 1 is perfect. A high value of a property that is unrelated to respiration, such as a codec
 * or the noise of a room, means that a model can learn it in place of speech.
 *
 * @param auroc area under the receiver operating characteristic, at least 0.5 for numbers; for kinds, each recording is
 *     scored by other subjects' recordings, so that it may be below
 * @param lower end of its 95 % interval by bootstrap over subjects; NaN if undefined
 * @param upper end of its 95 % interval
 * @param patientsHigher for numbers, whether patients have the higher values
 */
public record ClassHint(double auroc, double lower, double upper, boolean patientsHigher) {

    /** A property that is right this often is called a suspect. */
    public static final double STRONG = 0.7;

    /** Returns whether the AUROC is at least {@value #STRONG} and its interval lies above 0.5. */
    public boolean isSuspect() {
        return auroc >= STRONG && lower > 0.5;
    }
}
