package io.github.spirabr.core.pipeline;

import io.github.spirabr.core.component.Component;
import java.util.TreeMap;

/** Components as text for fingerprints. */
final class Descriptions {

    private Descriptions() {}

    /** A text that does not hang on the order of a map. */
    static String sorted(Component component) {
        return component.description().type() + new TreeMap<>(component.description().settings());
    }
}
