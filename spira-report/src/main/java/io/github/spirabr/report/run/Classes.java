package io.github.spirabr.report.run;

import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Target;

/** The names of the two classes in sentences and tables: patients and controls, unless the run names others. */
record Classes(Target target) {

    /** Returns whether the run names a target of its own. */
    boolean named() {
        return !target.equals(Target.STANDARD);
    }

    /** Returns the name of a class, such as {@code patient}. */
    String one(Label label) {
        return target.classOf(label);
    }

    /** Returns the members of a class, such as {@code patients}. */
    String many(Label label) {
        return named() ? "the class " + one(label) : one(label) + "s";
    }

    /** Returns what members of a class are classified as in the meaning of a metric, such as {@code patients}. */
    String called(Label label) {
        return named() ? one(label) : many(label);
    }

    /** Returns the name of a class as the head of a row, such as {@code Patient}. */
    String row(Label label) {
        return named() ? one(label) : capital(one(label));
    }

    /** Returns the members of a class as the head of a column, such as {@code Patients}. */
    String column(Label label) {
        return named() ? one(label) : capital(many(label));
    }

    String positive() {
        return one(Label.PATIENT);
    }

    String negative() {
        return one(Label.CONTROL);
    }

    String positives() {
        return many(Label.PATIENT);
    }

    String negatives() {
        return many(Label.CONTROL);
    }

    private static String capital(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
