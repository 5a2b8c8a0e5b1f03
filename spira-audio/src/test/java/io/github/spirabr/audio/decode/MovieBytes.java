package io.github.spirabr.audio.decode;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Writes a QuickTime movie whose only track, 1 s of 16-bit samples, lies in another file. */
final class MovieBytes {

    private static final int RATE = 16_000;

    private MovieBytes() {}

    static byte[] ofTrackIn(String path) {
        byte[] tables = join(
                atom("stsd", ints(0, 1), atom("sowt", shorts(0, 0, 0, 1, 0, 0, 0, 0, 1, 16, 0, 0), ints(RATE << 16))),
                atom("stts", ints(0, 1, RATE, 1)),
                atom("stsc", ints(0, 1, 1, RATE, 1)),
                atom("stsz", ints(0, 2, RATE)),
                atom("stco", ints(0, 1, 0)));
        byte[] information = join(
                atom("smhd", ints(0, 0)),
                atom("dinf", atom("dref", ints(0, 1), atom("alis", ints(0), alias(path)))),
                atom("stbl", tables));
        byte[] media = join(
                atom("mdhd", ints(0, 0, 0, RATE, RATE, 0)),
                atom("hdlr", ints(0), text("mhlr"), text("soun"), ints(0, 0, 0, 0)),
                atom("minf", information));
        byte[] track = join(
                atom("tkhd", ints(15, 0, 0, 1, 0, 1000, 0, 0, 0, 0x100),
                        ints(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000, 0, 0)),
                atom("mdia", media));
        return join(
                atom("ftyp", text("qt  "), ints(0x200), text("qt  ")),
                atom("moov", atom("mvhd", ints(0, 0, 0, 1000, 1000, 0x10000), new byte[76]), atom("trak", track)));
    }

    /** A Macintosh alias record with an absolute path. */
    private static byte[] alias(String path) {
        byte[] name = path.getBytes(StandardCharsets.UTF_8);
        byte[] even = name.length % 2 == 0 ? name : join(name, new byte[1]);
        return join(new byte[150], shorts(2, name.length), even, shorts(-1, 0));
    }

    private static byte[] atom(String type, byte[]... content) {
        byte[] all = join(content);
        return join(ints(8 + all.length), text(type), all);
    }

    private static byte[] text(String four) {
        return four.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] ints(int... values) {
        ByteBuffer out = ByteBuffer.allocate(4 * values.length);
        for (int value : values) {
            out.putInt(value);
        }
        return out.array();
    }

    private static byte[] shorts(int... values) {
        ByteBuffer out = ByteBuffer.allocate(2 * values.length);
        for (int value : values) {
            out.putShort((short) value);
        }
        return out.array();
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
