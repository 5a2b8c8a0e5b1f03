package io.github.spirabr.cli;

import java.io.PrintWriter;
import java.util.concurrent.TimeUnit;

/**
 * The last line of a terminal, which shows how far some work is, in ASCII and never wider than the terminal. It is drawn anew in
 * its place by a carriage return alone: the terminal's mode and the process's signals stay as they are, so that Ctrl-C works.
 */
final class ProgressLine {

    private static final int BAR = 20;
    private static final long NANOS_BETWEEN = TimeUnit.MILLISECONDS.toNanos(200);

    private final PrintWriter out;
    private int width;
    private long drawn;

    ProgressLine(PrintWriter out) {
        this.out = out;
    }

    /**
     * Shows it, unless it was shown just now.
     *
     * @param task such as "reading"
     * @param total at least 1
     * @param message further text; may be empty
     */
    void show(String task, long done, long total, String message) {
        long now = System.nanoTime();
        if (width > 0 && now - drawn < NANOS_BETWEEN && done < total) {
            return;
        }
        drawn = now;
        int filled = (int) (BAR * done / total);
        String text = task + " [" + "=".repeat(filled) + " ".repeat(BAR - filled) + "] " + done + "/" + total
                + (message.isEmpty() ? "" : ", " + message);
        draw(text.substring(0, Math.min(text.length(), Terminal.COLUMNS)));
    }

    private void draw(String text) {
        out.print("\r" + text + " ".repeat(Math.max(0, width - text.length())));
        out.flush();
        width = text.length();
    }

    /** Takes it away, so that what follows starts on a line of its own. */
    void clear() {
        if (width > 0) {
            draw("");
            out.print("\r");
            out.flush();
        }
    }
}
