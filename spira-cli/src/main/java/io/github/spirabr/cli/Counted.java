package io.github.spirabr.cli;

/** Numbers of things, for people. */
final class Counted {

    private Counted() {}

    /** Such as "1 subject" or "24 subjects". */
    static String of(long count, String thing) {
        return count + " " + thing + (count == 1 ? "" : "s");
    }
}
