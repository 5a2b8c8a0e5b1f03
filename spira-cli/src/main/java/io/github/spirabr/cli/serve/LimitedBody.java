package io.github.spirabr.cli.serve;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A request's body that fails past a number of bytes, and where it ends before its announced length. */
final class LimitedBody extends FilterInputStream {

    /** More bytes than are taken. */
    static final class TooLong extends IOException {

        private static final long serialVersionUID = 1L;

        TooLong(long most) {
            super("the body has more than the " + most + " bytes that are taken");
        }
    }

    private final long most;
    private final long announced;
    private long read;

    /**
     * Creates an instance.
     *
     * @param announced number of bytes in the request's header; -1 without it
     */
    LimitedBody(InputStream body, long most, long announced) {
        super(body);
        this.most = most;
        this.announced = announced;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = super.read(target, offset, length);
        if (count > 0) {
            read += count;
            if (read > most) {
                throw new TooLong(most);
            }
        } else if (count < 0 && announced > read) {
            throw new IOException("the body ended after " + read + " of " + announced + " bytes");
        }
        return count;
    }
}
