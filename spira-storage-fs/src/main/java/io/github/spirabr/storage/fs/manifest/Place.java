package io.github.spirabr.storage.fs.manifest;

/**
 * A line of a list, for messages.
 *
 * @param list the list, if there are several, or a file that no list names; else empty
 * @param line counted from 1; 0 for a file that no list names
 */
record Place(String list, long line) {

    @Override
    public String toString() {
        if (line == 0) {
            return list;
        }
        return list.isEmpty() ? "line " + line : list + " line " + line;
    }
}
