package io.github.spirabr.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/**
 * Standard output in UTF-8, whatever the locale. A failure to write, on a full disk or into a closed pipe, ends the command:
 * a writer alone would only note it, and the command would go on as if it had been read.
 */
final class StandardOutput extends OutputStream {

    /** Nothing more can be written. */
    static final class LostException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        LostException(IOException cause) {
            super("standard output could not be written: " + cause.getMessage(), cause);
        }
    }

    private final OutputStream target = new FileOutputStream(FileDescriptor.out);
    /** True once the failure has been thrown; writers that are flushed afterwards need not throw it again. */
    private boolean lost;

    private StandardOutput() {}

    static PrintWriter writer() {
        return new PrintWriter(new StandardOutput(), true, StandardCharsets.UTF_8);
    }

    @Override
    public void write(int one) {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
        if (lost) {
            return;
        }
        try {
            target.write(bytes, from, length);
        } catch (IOException e) {
            lost = true;
            throw new LostException(e);
        }
    }
}
