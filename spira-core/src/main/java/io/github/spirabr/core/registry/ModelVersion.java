package io.github.spirabr.core.registry;

/**
 * Names one immutable artifact of a registry.
 *
 * @param name of the model: lower-case letters, digits, '-' and '_', starting with a letter or a
 *     digit, at most 100
 * @param number counted from 1
 */
public record ModelVersion(String name, int number) {

    /** Refuses names that could leave the registry's root, and numbers below 1. */
    public ModelVersion {
        requireName(name);
        if (number < 1) {
            throw new IllegalArgumentException("versions of a model are counted from 1, but was " + number);
        }
    }

    /**
     * A model name that can be trusted on every file system and object store.
     *
     * @throws IllegalArgumentException otherwise
     */
    public static String requireName(String name) {
        if (!name.matches("[a-z0-9][a-z0-9_-]{0,99}")) {
            throw new IllegalArgumentException("a model's name has 1 to 100 lower-case letters, digits, '-' or '_',"
                    + " and starts with a letter or digit, but was '" + name + "'");
        }
        return name;
    }

    @Override
    public String toString() {
        return name + " version " + number;
    }
}
