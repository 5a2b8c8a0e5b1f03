package io.github.spirabr.core.recording;

import io.github.spirabr.core.internal.adapter.PlainText;

/**
 * The condition that a classifier detects, and the names of its two classes, as reports and answers show them. They change
 * no probability: stored labels remain {@link Label#CONTROL} and {@link Label#PATIENT}.
 *
 * @param name the condition, such as {@code asthma}
 * @param negative the name of the class {@link Label#CONTROL}
 * @param positive the name of the class {@link Label#PATIENT}
 */
public record Target(String name, String negative, String positive) {

    /** The target of runs that name none. */
    public static final Target STANDARD = new Target("respiratory insufficiency", "control", "patient");

    private static final int LONGEST = 100;

    /** Brings the names into their canonical form; refuses names that are empty, too long, of several lines, or equal. */
    public Target {
        name = plain("name", name);
        negative = plain("negative class", negative);
        positive = plain("positive class", positive);
        if (negative.equals(positive)) {
            throw new IllegalArgumentException("the classes of the target " + name + " must have different names, but both are '"
                    + negative + "'; name the negative one otherwise");
        }
    }

    /** Returns a target whose positive class has its name, and whose negative class is {@code control}. */
    public static Target of(String name) {
        return new Target(name, STANDARD.negative, name);
    }

    private static String plain(String what, String text) {
        String plain = PlainText.of(text);
        if (plain.isEmpty() || plain.length() > LONGEST || plain.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("the " + what + " of a target must be 1 to " + LONGEST
                    + " characters on one line, but was '" + text + "'; give a short name");
        }
        return plain;
    }

    /** Returns the name of a class. */
    public String classOf(Label label) {
        return label == Label.PATIENT ? positive : negative;
    }
}
