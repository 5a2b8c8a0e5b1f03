package io.github.spirabr.core.continuous;

import io.github.spirabr.core.internal.Document;

/**
 * The distribution of one property of new recordings compared with the training set.
 *
 * @param name of the property, such as {@code levelDb} or {@code codec}
 * @param index population stability index: the sum of (p - q) ln(p / q) over the classes, where p and q are the shares
 *     of new recordings and of the training set
 * @param chance p-value: the probability of such a difference if the distributions are equal
 * @param verdict the verdict
 */
public record DriftMeasure(String name, double index, double chance, Verdict verdict) {

    /** The verdict on an index. */
    public enum Verdict {
        /** Below 0.1, or no more than chance. */
        NONE,
        /** An index between 0.1 and 0.25, beyond chance. */
        MODERATE,
        /** Above 0.25, and more than chance. */
        MAJOR
    }

    void write(Document fields) {
        fields.put("name", name).put("index", index).put("chance", chance).put("verdict", verdict);
    }

    static DriftMeasure read(Document fields) {
        return new DriftMeasure(fields.text("name"), fields.number("index"), fields.number("chance"),
                fields.choice("verdict", Verdict.class));
    }
}
