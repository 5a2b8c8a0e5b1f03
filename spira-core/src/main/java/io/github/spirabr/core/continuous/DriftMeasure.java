package io.github.spirabr.core.continuous;

import io.github.spirabr.core.internal.Document;

/**
 * How one property of new recordings is spread in comparison with the training side.
 *
 * @param name of the property, such as {@code levelDb} or {@code codec}
 * @param index population stability index: the sum of (p - q) ln(p / q) over the classes, where p and q are the shares of
 *     new recordings and of the training side
 * @param chance with which probability recordings that are spread in the same way differ so much
 * @param verdict what to make of it
 */
public record DriftMeasure(String name, double index, double chance, Verdict verdict) {

    /** What to make of an index. */
    public enum Verdict {
        /** Below 0.1, or no more than chance. */
        NONE,
        /** From 0.1 to 0.25, and more than chance. */
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
