package io.github.spirabr.core.promotion;

/**
 * One of the questions of a gate, with the numbers that answer it.
 *
 * @param name short and stable, such as {@code AUROC} or {@code sex=F BALANCED_ACCURACY}
 * @param result whether it is passed
 * @param finding what was found, in a sentence for people
 * @param value the figure that decides, NaN if there is none
 * @param lower end of its 95 % interval, NaN where there is none
 * @param upper end of its 95 % interval, NaN where there is none
 * @param bound what the figure was held against, NaN if nothing
 * @param recordings from how many recordings
 * @param subjects of how many subjects
 */
public record GateCheck(
        String name,
        Result result,
        String finding,
        double value,
        double lower,
        double upper,
        double bound,
        int recordings,
        int subjects) {

    /** Whether a check is passed. */
    public enum Result {
        /** Nothing speaks against the challenger. */
        PASSED,
        /** The challenger must not become champion. */
        FAILED,
        /** There is too little to tell, or nothing to hold it against; it does not stop the challenger. */
        NOT_JUDGED
    }

    /** Returns a check without numbers. */
    public static GateCheck of(String name, Result result, String finding) {
        return new GateCheck(name, result, finding, Double.NaN, Double.NaN, Double.NaN, Double.NaN, 0, 0);
    }
}
