package io.github.spirabr.report;

import io.github.spirabr.core.preprocessing.WindowSpan;
import java.util.ArrayList;
import java.util.List;

/**
 * Windows in rows in which none overlaps another, each in the first row that has room.
 *
 * @param row row of each window
 * @param count number of rows
 */
record WindowRows(int[] row, int count) {

    static WindowRows of(List<WindowSpan> windows) {
        int[] row = new int[windows.size()];
        List<Long> ends = new ArrayList<>();
        for (int w = 0; w < row.length; w++) {
            WindowSpan window = windows.get(w);
            int free = 0;
            while (free < ends.size() && ends.get(free) > window.start()) {
                free++;
            }
            long end = (long) window.start() + window.length();
            if (free == ends.size()) {
                ends.add(end);
            } else {
                ends.set(free, end);
            }
            row[w] = free;
        }
        return new WindowRows(row, ends.size());
    }
}
