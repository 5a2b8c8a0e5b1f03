package io.github.spirabr.core.registry;

import java.util.regex.Pattern;

/**
 * Names that are safe on every file system and object store. They are of a few ASCII characters, so
 * that none leads elsewhere, and none looks like another.
 */
final class Names {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,99}");
    private static final Pattern FILE = Pattern.compile("[a-z0-9][a-z0-9._-]{0,99}");

    /** Names of devices on Windows, with any ending. */
    private static final Pattern RESERVED = Pattern.compile("(con|prn|aux|nul|com[0-9]|lpt[0-9])(\\..*)?");

    private Names() {}

    /**
     * @param what it names, for messages
     * @throws IllegalArgumentException if it is not safe
     */
    static String requireName(String what, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(what + " has 1 to 100 lower-case letters, digits, '-' or '_',"
                    + " and starts with a letter or digit, but was '" + name + "'");
        }
        return requireUnreserved(what, name);
    }

    /**
     * @throws IllegalArgumentException if it is not safe
     */
    static String requireFileName(String name) {
        if (!FILE.matcher(name).matches() || name.contains("..") || name.endsWith(".")) {
            throw new IllegalArgumentException("a model's file name has 1 to 100 lower-case letters, digits, '-', '_'"
                    + " or '.' (no '..', none at the end), and starts with a letter or digit, but was '" + name + "'");
        }
        return requireUnreserved("a model's file name", name);
    }

    private static String requireUnreserved(String what, String name) {
        if (RESERVED.matcher(name).matches()) {
            throw new IllegalArgumentException(what + " must not be one that Windows reserves for a device, but was '"
                    + name + "'");
        }
        return name;
    }
}
