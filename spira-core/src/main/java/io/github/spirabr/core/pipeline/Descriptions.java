package io.github.spirabr.core.pipeline;

import io.github.spirabr.core.component.Component;
import io.github.spirabr.core.internal.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.util.TreeMap;

/** Components as text for fingerprints. */
final class Descriptions {

    private Descriptions() {}

    /**
     * Returns the description with the version of the component's code: the version of its jar, and the component's
     * class.
     */
    static String withCode(Component component) {
        Class<?> type = component.getClass();
        return sorted(component) + ' ' + type.getName() + ' ' + type.getPackage().getImplementationVersion() + ' '
                + code(type);
    }

    /** Returns the identity of the code; empty for a class that was generated at run time. */
    private static String code(Class<?> type) {
        String file = type.getName().substring(type.getName().lastIndexOf('.') + 1) + ".class";
        try (InputStream in = type.getResourceAsStream(file)) {
            return in == null ? "" : Sha256.hex(in);
        } catch (IOException e) {
            throw new PipelineException("the class " + type.getName() + " could not be read", e);
        }
    }

    /** Returns a text that does not depend on the order of a map. */
    static String sorted(Component component) {
        return component.description().type() + new TreeMap<>(component.description().settings());
    }
}
