package io.github.spirabr.storage.fs.events;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * The little of TensorFlow's {@code Event} message that scalars need, in protocol buffers' wire format: wall_time = 1
 * (double), step = 2 (int64), file_version = 3 (string), summary = 5, which holds value = 1, each with tag = 1 (string) and
 * simple_value = 2 (float). Not thread-safe.
 */
final class EventMessage {

    private static final int VARINT = 0;
    private static final int FIXED_64 = 1;
    private static final int LENGTH_DELIMITED = 2;
    private static final int FIXED_32 = 5;

    private static final int CRC_MASK = 0xa282ead8;

    private final ByteArrayOutputStream event = new ByteArrayOutputStream();
    private final ByteArrayOutputStream summary = new ByteArrayOutputStream();

    EventMessage time(double seconds) {
        tag(event, 1, FIXED_64);
        event.writeBytes(little(Double.BYTES).putDouble(seconds).array());
        return this;
    }

    EventMessage step(long step) {
        tag(event, 2, VARINT);
        varint(event, step);
        return this;
    }

    /** Sets the content that the first record of a file must have. */
    EventMessage version() {
        delimited(event, 3, "brain.Event:2".getBytes(StandardCharsets.US_ASCII));
        return this;
    }

    EventMessage scalar(String name, double value) {
        ByteArrayOutputStream scalar = new ByteArrayOutputStream();
        delimited(scalar, 1, name.getBytes(StandardCharsets.UTF_8));
        tag(scalar, 2, FIXED_32);
        scalar.writeBytes(little(Float.BYTES).putFloat((float) value).array());
        delimited(summary, 1, scalar.toByteArray());
        return this;
    }

    byte[] toBytes() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(event.toByteArray());
        if (summary.size() > 0) {
            delimited(all, 5, summary.toByteArray());
        }
        return all.toByteArray();
    }

    /** Returns a record of a TFRecord file: length, its masked CRC-32C, the data, and theirs. */
    static ByteBuffer record(byte[] data) {
        ByteBuffer record = little(Long.BYTES + Integer.BYTES + data.length + Integer.BYTES);
        record.putLong(data.length);
        record.putInt(maskedCrc(record.array(), Long.BYTES));
        record.put(data);
        record.putInt(maskedCrc(data, data.length));
        return record.flip();
    }

    static int maskedCrc(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return Integer.rotateRight((int) crc.getValue(), 15) + CRC_MASK;
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void tag(ByteArrayOutputStream out, int field, int type) {
        varint(out, (long) field << 3 | type);
    }

    private static void delimited(ByteArrayOutputStream out, int field, byte[] bytes) {
        tag(out, field, LENGTH_DELIMITED);
        varint(out, bytes.length);
        out.writeBytes(bytes);
    }

    /** Writes seven bits in each byte, the lowest first; the highest bit says that more follow. */
    private static void varint(ByteArrayOutputStream out, long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.write((int) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }
}
