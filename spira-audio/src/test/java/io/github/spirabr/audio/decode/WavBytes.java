package io.github.spirabr.audio.decode;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes WAV files by the book, and a little beside it. */
final class WavBytes {

    /** How samples are written. */
    enum Width {
        U8(8, 1), S16(16, 1), S24(24, 1), S32(32, 1), F32(32, 3), F64(64, 3);

        private final int bits;
        private final int tag;

        Width(int bits, int tag) {
            this.bits = bits;
            this.tag = tag;
        }
    }

    private final int rate;
    private final Width width;
    private boolean extensible;
    private boolean unknownLength;
    private boolean rf64;

    WavBytes(int rate, Width width) {
        this.rate = rate;
        this.width = width;
    }

    /** With WAVE_FORMAT_EXTENSIBLE. */
    WavBytes extensible() {
        extensible = true;
        return this;
    }

    /** With 0xFFFFFFFF for all lengths, as programs write that cannot go back. */
    WavBytes unknownLength() {
        unknownLength = true;
        return this;
    }

    /** With lengths of 64 bits. */
    WavBytes rf64() {
        rf64 = true;
        return this;
    }

    /** Channels of equal length, amplitudes in [-1, 1). */
    byte[] of(double[]... channels) {
        int frames = channels[0].length;
        int bytes = width.bits / 8;
        int data = frames * channels.length * bytes;
        int format = extensible ? 40 : 16;
        ByteBuffer out = ByteBuffer.allocate(64 + format + data).order(ByteOrder.LITTLE_ENDIAN);
        boolean without = unknownLength || rf64;
        out.put(text(rf64 ? "RF64" : "RIFF")).putInt(without ? -1 : 20 + format + data).put(text("WAVE"));
        if (rf64) {
            out.put(text("ds64")).putInt(28).putLong(56 + format + data).putLong(data).putLong(frames).putInt(0);
        }
        out.put(text("fmt ")).putInt(format);
        out.putShort((short) (extensible ? 0xfffe : width.tag)).putShort((short) channels.length).putInt(rate);
        out.putInt(rate * channels.length * bytes).putShort((short) (channels.length * bytes));
        out.putShort((short) width.bits);
        if (extensible) {
            out.putShort((short) 22).putShort((short) width.bits).putInt(0).putShort((short) width.tag);
            out.put(new byte[] {0, 0, 0, 0, 0x10, 0, (byte) 0x80, 0, 0, (byte) 0xaa, 0, 0x38, (byte) 0x9b, 0x71});
        }
        out.put(text("data")).putInt(without ? -1 : data);
        for (int i = 0; i < frames; i++) {
            for (double[] channel : channels) {
                put(out, channel[i]);
            }
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(out.array(), 0, out.position());
        return all.toByteArray();
    }

    /** Returns a plain WAV file of 16 bits as RIFX, whose numbers are big-endian; the contents of other chunks stay. */
    static byte[] bigEndian(byte[] wav) {
        byte[] rifx = wav.clone();
        rifx[3] = 'X';
        swap(rifx, 4, 4);
        ByteBuffer sizes = ByteBuffer.wrap(wav).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 12; at + 8 <= wav.length;) {
            String name = new String(wav, at, 4, StandardCharsets.US_ASCII);
            int end = (int) Math.min(wav.length, at + 8 + (sizes.getInt(at + 4) & 0xffffffffL));
            swap(rifx, at + 4, 4);
            for (int i = at + 8; (name.equals("fmt ") || name.equals("data")) && i + 1 < end;) {
                // The rates of samples and of bytes.
                int width = name.equals("fmt ") && (i == at + 12 || i == at + 16) ? 4 : 2;
                swap(rifx, i, width);
                i += width;
            }
            at = end + end % 2;
        }
        return rifx;
    }

    private static void swap(byte[] bytes, int at, int width) {
        for (int i = 0; i < width / 2; i++) {
            byte one = bytes[at + i];
            bytes[at + i] = bytes[at + width - 1 - i];
            bytes[at + width - 1 - i] = one;
        }
    }

    private void put(ByteBuffer out, double value) {
        switch (width) {
            case U8 -> out.put((byte) (Math.round(value * 128) + 128));
            case S16 -> out.putShort((short) Math.round(value * 32768));
            case S24 -> {
                int scaled = (int) Math.round(value * (1 << 23));
                out.put((byte) scaled).put((byte) (scaled >> 8)).put((byte) (scaled >> 16));
            }
            case S32 -> out.putInt((int) Math.round(value * 0x1p31));
            case F32 -> out.putFloat((float) value);
            case F64 -> out.putDouble(value);
            default -> throw new AssertionError(width);
        }
    }

    private static byte[] text(String four) {
        return four.getBytes(StandardCharsets.US_ASCII);
    }
}
