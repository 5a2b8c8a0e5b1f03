package io.github.spirabr.core.component;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The name of a component's type and its settings.
 *
 * @param type the name under which a {@link ComponentProvider} is registered, such as {@code mfcc}
 * @param settings settings, by name, in a fixed order; values are strings, booleans, integers (int or long),
 *     doubles, and lists of these. A name is dotted where it lies in another: {@code amplitude.max}
 */
public record ComponentDescription(String type, Map<String, Object> settings) {

    /** Copies the settings and keeps their order. */
    public ComponentDescription {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }
}
