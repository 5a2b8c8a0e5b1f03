package io.github.spirabr.core.inspection;

import io.github.spirabr.core.recording.Label;
import java.util.Map;

/** A property of recordings, with a measure of its separation of the classes. */
public sealed interface Property permits Property.Trait, Property.Measure {

    /** Returns the name, such as {@code codec}, {@code levelDb}, or a column of the manifest. */
    String name();

    /** Returns the measure of its separation of the classes. */
    ClassHint hint();

    /**
     * A property that is a kind.
     *
     * @param counts the number of recordings of each class, for each value, sorted by value
     */
    record Trait(String name, Map<String, Map<Label, Integer>> counts, ClassHint hint) implements Property {}

    /**
     * A property that is a number.
     *
     * @param distributions for each class that has values
     */
    record Measure(String name, Map<Label, Distribution> distributions, ClassHint hint) implements Property {}
}
