package io.github.spirabr.core.registry;

import io.github.spirabr.core.internal.adapter.SafeNames;

/**
 * The name and number of one immutable artifact of a registry.
 *
 * @param name name of the model, see {@link #requireName}
 * @param number counted from 1
 */
public record ModelVersion(String name, int number) {

    /** Refuses names that could leave the registry's root, and numbers below 1. */
    public ModelVersion {
        requireName(name);
        if (number < 1) {
            throw new IllegalArgumentException("the number of a model's version must be at least 1, but was " + number);
        }
    }

    /**
     * Checks a model name that is valid on every file system and object store: 1 to 100 lower-case ASCII letters,
     * digits, '-' and '_'; it starts with a letter or a digit, and is not reserved by Windows, such as {@code con}.
     *
     * @throws IllegalArgumentException otherwise
     */
    public static String requireName(String name) {
        return SafeNames.require("a model's name", name);
    }

    @Override
    public String toString() {
        return name + " version " + number;
    }
}
