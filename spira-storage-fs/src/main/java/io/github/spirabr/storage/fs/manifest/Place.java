package io.github.spirabr.storage.fs.manifest;

/**
 * Where something is listed, as faults say it.
 *
 * @param list which list, where there are several; else empty
 * @param line counted from 1
 */
record Place(String list, long line) {

    @Override
    public String toString() {
        return list.isEmpty() ? "line " + line : list + " line " + line;
    }
}
