package io.github.spirabr.audio.decode;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;

/** Writes ID3 tags of version 2.4. */
final class Id3 {

    private Id3() {}

    /** A tag with a picture of so many bytes. */
    static byte[] picture(int bytes) {
        ByteBuffer picture = ByteBuffer.allocate(14 + bytes);
        picture.put("\0image/jpeg\0\3\0".getBytes(StandardCharsets.US_ASCII));
        while (picture.hasRemaining()) {
            picture.put((byte) (picture.position() * 7 % 251));
        }
        return tag(frame("APIC", 0, picture.array()));
    }

    /** A tag of compressed frames, each of which says that it unpacks to 256 MB. */
    static byte[] bomb(int frames) {
        Deflater deflater = new Deflater(9);
        deflater.setInput(new byte[16 << 20]);
        deflater.finish();
        byte[] packed = new byte[1 << 20];
        int length = deflater.deflate(packed);
        deflater.end();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] content = ByteBuffer.allocate(4 + length).put(syncSafe(0xfffffff)).put(packed, 0, length).array();
        for (int i = 0; i < frames; i++) {
            all.writeBytes(frame("TXXX", 0x9, content));
        }
        return tag(all.toByteArray());
    }

    private static byte[] frame(String name, int flags, byte[] content) {
        return ByteBuffer.allocate(10 + content.length).put(name.getBytes(StandardCharsets.US_ASCII))
                .put(syncSafe(content.length)).putShort((short) flags).put(content).array();
    }

    private static byte[] tag(byte[] frames) {
        return ByteBuffer.allocate(10 + frames.length).put("ID3\4\0\0".getBytes(StandardCharsets.US_ASCII))
                .put(syncSafe(frames.length)).put(frames).array();
    }

    private static byte[] syncSafe(int size) {
        return new byte[] {(byte) (size >> 21 & 127), (byte) (size >> 14 & 127), (byte) (size >> 7 & 127), (byte) (size & 127)};
    }
}
