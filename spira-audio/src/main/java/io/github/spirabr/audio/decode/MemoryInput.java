package io.github.spirabr.audio.decode;

import static org.bytedeco.ffmpeg.global.avformat.AVSEEK_FORCE;
import static org.bytedeco.ffmpeg.global.avformat.AVSEEK_SIZE;
import static org.bytedeco.ffmpeg.global.avformat.avio_alloc_context;
import static org.bytedeco.ffmpeg.global.avformat.avio_context_free;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EXIT;
import static org.bytedeco.ffmpeg.global.avutil.av_free;
import static org.bytedeco.ffmpeg.global.avutil.av_malloc;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.Read_packet_Pointer_BytePointer_int;
import org.bytedeco.ffmpeg.avformat.Seek_Pointer_long_int;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/**
 * Bytes in memory as FFmpeg's input. It is all that FFmpeg can read from. Used by one thread.
 *
 * <p>JavaCPP has room for only a few callback objects at a time, so all inputs share one of each, and
 * are told apart by the address of a native token.
 */
final class MemoryInput implements AutoCloseable {

    private static final int BUFFER = 32 * 1024;
    private static final Map<Long, MemoryInput> OPEN = new ConcurrentHashMap<>();
    private static final Reader READER = kept(new Reader());
    private static final Seeker SEEKER = kept(new Seeker());

    private final byte[] bytes;
    private final int start;
    private final int end;
    private final Deadline deadline;
    private final Pointer token;
    private final AVIOContext context;
    private int position;
    private boolean closed;

    /**
     * Creates an input.
     *
     * @param start the first byte that FFmpeg sees
     * @param end the first byte behind those
     * @param deadline after it nothing can be read, which ends whatever FFmpeg is busy with
     */
    MemoryInput(byte[] bytes, int start, int end, Deadline deadline) {
        this.bytes = bytes;
        this.start = start;
        this.end = end;
        this.position = start;
        this.deadline = deadline;
        this.token = av_malloc(1);
        OPEN.put(token.address(), this);
        this.context = avio_alloc_context(
                new BytePointer(av_malloc(BUFFER)), BUFFER, 0, token, READER, null, SEEKER);
    }

    /** Keeps a callback from the scope in which a class happens to be loaded, which would free it. */
    static <P extends Pointer> P kept(P callback) {
        callback.retainReference();
        return callback;
    }

    AVIOContext context() {
        return context;
    }

    private int read(BytePointer target, int wanted) {
        if (deadline.hasPassed()) {
            return AVERROR_EXIT();
        }
        int count = Math.min(wanted, end - position);
        if (count <= 0) {
            return AVERROR_EOF();
        }
        target.put(bytes, position, count);
        position += count;
        return count;
    }

    private long seek(long offset, int whence) {
        if (deadline.hasPassed()) {
            return AVERROR_EXIT();
        }
        int kind = whence & ~AVSEEK_FORCE;
        if (kind == AVSEEK_SIZE) {
            return (long) end - start;
        }
        long base = kind == 0 ? start : kind == 1 ? position : end;
        long wanted = base + offset;
        if (wanted < start || wanted > end) {
            return -1;
        }
        position = (int) wanted;
        return wanted - start;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            // FFmpeg may have put another buffer in the place of ours.
            av_free(context.buffer());
            avio_context_free(context);
            OPEN.remove(token.address());
            av_free(token);
        }
    }

    private static final class Reader extends Read_packet_Pointer_BytePointer_int {

        @Override
        public int call(Pointer opaque, BytePointer target, int wanted) {
            MemoryInput input = OPEN.get(opaque.address());
            return input == null ? AVERROR_EXIT() : input.read(target, wanted);
        }
    }

    private static final class Seeker extends Seek_Pointer_long_int {

        @Override
        public long call(Pointer opaque, long offset, int whence) {
            MemoryInput input = OPEN.get(opaque.address());
            return input == null ? -1 : input.seek(offset, whence);
        }
    }
}
