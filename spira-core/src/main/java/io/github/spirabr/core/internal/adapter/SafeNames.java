package io.github.spirabr.core.internal.adapter;

import java.util.regex.Pattern;

/**
 * Names that are valid on every file system and object store. They consist of a few ASCII characters, so that no name
 * leads to another folder, and no two names look alike.
 */
public final class SafeNames {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,99}");

    /** Names of devices on Windows, with any ending. */
    private static final Pattern RESERVED = Pattern.compile("(con|prn|aux|nul|com[0-9]|lpt[0-9])(\\..*)?");

    private SafeNames() {}

    /**
     * Checks a name of 1 to 100 lower-case ASCII letters, digits, '-' and '_', which starts with a letter or a digit,
     * and is not reserved by Windows, such as {@code con}.
     *
     * @param what the kind of name in messages, such as "a model's name"
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
     * Checks that Windows does not reserve a name for a device, with any extension, such as {@code nul.txt}.
     *
     * @throws IllegalArgumentException if it does
     */
    public static String requireUnreserved(String what, String name) {
        if (RESERVED.matcher(name).matches()) {
            throw new IllegalArgumentException(what + " must not be one that Windows reserves for a device, but was '"
                    + name + "'");
        }
        return name;
    }
}
