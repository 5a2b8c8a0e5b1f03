package io.github.spirabr.core.promotion;

/**
 * One check of a gate, with the values that decide it.
 *
 * @param name short and stable, such as {@code AUROC} or {@code sex=F BALANCED_ACCURACY}
 * @param result the result of the check
 * @param finding the finding, in one sentence
 * @param value the deciding value, NaN if there is none
 * @param lower end of its 95 % interval, NaN if undefined
 * @param upper end of its 95 % interval, NaN if undefined
 * @param bound the bound that the value is compared with, NaN if there is none
 * @param recordings number of recordings
 * @param subjects number of their subjects
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

    /** The result of a check. */
    public enum Result {
        /** Nothing speaks against the challenger. */
        PASSED,
        /** The challenger must not become champion. */
        FAILED,
        /** There is too little data, or nothing to compare with; the check does not stop the challenger. */
        NOT_JUDGED
    }

    /** Returns a check without numbers. */
    public static GateCheck of(String name, Result result, String finding) {
        return new GateCheck(name, result, finding, Double.NaN, Double.NaN, Double.NaN, Double.NaN, 0, 0);
    }
}
