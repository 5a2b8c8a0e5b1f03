package io.github.spirabr.pytorch.internal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Memory outside of the heap, which tensors of one pass lie in and the next pass uses again: DJL would allocate it anew for
 * each tensor, to be freed with the next garbage collection.
 */
final class Staging {

    /** What vector instructions like. */
    private static final int ALIGNMENT = 64;

    private final List<ByteBuffer> buffers = new ArrayList<>();
    private int used;

    /** Begins a pass; buffers of the pass before are handed out again. */
    void begin() {
        used = 0;
    }

    /** Returns a buffer for this number of floats that no other caller of this pass has. */
    ByteBuffer next(int floats) {
        int bytes = Math.multiplyExact(floats, Float.BYTES);
        if (used == buffers.size()) {
            buffers.add(allocate(bytes));
        } else if (buffers.get(used).capacity() < bytes) {
            buffers.set(used, allocate(bytes));
        }
        return first(buffers.get(used++), bytes);
    }

    /** Returns aligned memory of its own. */
    static ByteBuffer allocate(int bytes) {
        // An aligned slice is cut to whole multiples at both ends.
        ByteBuffer aligned = ByteBuffer.allocateDirect(Math.addExact(bytes, 2 * ALIGNMENT)).alignedSlice(ALIGNMENT);
        return first(aligned, bytes);
    }

    private static ByteBuffer first(ByteBuffer buffer, int bytes) {
        return buffer.duplicate().clear().limit(bytes).slice().order(ByteOrder.nativeOrder());
    }
}
