package io.github.spirabr.cli;

import java.io.IOException;
import java.io.Writer;

/**
 * Breaks lines between words, so that they fit a terminal; what follows is indented as the line is, by two columns more. A word
 * that is wider than the terminal stays whole, and what is flushed before its line ends is written as it is.
 */
final class WrappedLines extends Writer {

    private static final int INDENT = 2;

    private final Writer target;
    private final int columns;
    private final StringBuilder line = new StringBuilder();

    WrappedLines(Writer target, int columns) {
        this.target = target;
        this.columns = columns;
    }

    @Override
    public void write(char[] characters, int from, int length) throws IOException {
        for (int i = from; i < from + length; i++) {
            line.append(characters[i]);
            if (characters[i] == '\n') {
                target.write(wrapped());
                line.setLength(0);
            }
        }
    }

    private String wrapped() {
        String rest = line.toString();
        int indent = 0;
        while (rest.charAt(indent) == ' ') {
            indent++;
        }
        StringBuilder text = new StringBuilder();
        while (rest.strip().length() > 0 && rest.stripTrailing().length() > columns) {
            int end = rest.lastIndexOf(' ', columns);
            if (end <= indent + INDENT) {
                end = rest.indexOf(' ', columns);
            }
            if (end < 0) {
                break;
            }
            text.append(rest.substring(0, end).stripTrailing()).append(System.lineSeparator());
            rest = " ".repeat(indent + INDENT) + rest.substring(end).stripLeading();
        }
        return text.append(rest).toString();
    }

    @Override
    public void flush() throws IOException {
        target.write(line.toString());
        line.setLength(0);
        target.flush();
    }

    @Override
    public void close() throws IOException {
        flush();
        target.close();
    }
}
