package io.github.spirabr.core;

import java.util.regex.Pattern;

/**
 * Names that are safe on every file system and object store. They are of a few ASCII characters, so
 * that none leads elsewhere, and none looks like another.
 */
public final class SafeNames {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,99}");

    /** Names of devices on Windows, with any ending. */
    private static final Pattern RESERVED = Pattern.compile("(con|prn|aux|nul|com[0-9]|lpt[0-9])(\\..*)?");

    private SafeNames() {}

    /**
     * A name of 1 to 100 lower-case ASCII letters, digits, '-' and '_', which starts with a letter or a
     * digit, and is none that Windows reserves, such as {@code con}.
     *
     * @param what it names, for messages, such as "a model's name"
     * @throws IllegalArgumentException if it is not safe
     */
    public static String require(String what, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(what + " has 1 to 100 lower-case letters, digits, '-' or '_',"
                    + " and starts with a letter or digit, but was '" + name + "'");
        }
        return requireUnreserved(what, name);
    }

    /** Returns whether {@link #require} accepts a name. */
    public static boolean isSafe(String name) {
        return NAME.matcher(name).matches() && !RESERVED.matcher(name).matches();
    }

    /**
     * A name that is none that Windows reserves for a device, whatever its ending, such as {@code
     * nul.txt}.
     *
     * @throws IllegalArgumentException if it is one
     */
    public static String requireUnreserved(String what, String name) {
        if (RESERVED.matcher(name).matches()) {
            throw new IllegalArgumentException(what + " must not be one that Windows reserves for a device, but was '"
                    + name + "'");
        }
        return name;
    }
}
