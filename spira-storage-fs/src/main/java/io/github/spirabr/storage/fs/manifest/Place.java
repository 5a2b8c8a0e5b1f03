package io.github.spirabr.storage.fs.manifest;

/**
 * A line of a list, for messages.
 *
 * @param list the list, if there are several; else empty
 * @param line counted from 1
 */
record Place(String list, long line) {

    @Override
    public String toString() {
        return list.isEmpty() ? "line " + line : list + " line " + line;
    }
}
