package io.github.spirabr.training.internal.network;

import io.github.spirabr.training.engine.Network;
import io.github.spirabr.training.engine.Segment;
import java.util.List;

/** The weights and threads of a network of this module's kernels, until it is closed. */
abstract class OwnNetwork implements Network {

    final Workers workers;
    final float[] weights;
    private final List<Segment> layout;
    private boolean closed;

    OwnNetwork(Workers workers, List<Segment> layout) {
        this.workers = workers;
        this.layout = List.copyOf(layout);
        this.weights = new float[layout.stream().mapToInt(Segment::length).sum()];
    }

    @Override
    public final int parameterCount() {
        return weights.length;
    }

    @Override
    public final float[] weights() {
        return weights.clone();
    }

    @Override
    public final void weights(float[] values) {
        requireOpen();
        copy("weights", values, weights);
    }

    static void copy(String what, float[] values, float[] target) {
        if (values.length != target.length) {
            throw new IllegalArgumentException(
                    "the network has " + target.length + " " + what + ", but got " + values.length);
        }
        System.arraycopy(values, 0, target, 0, target.length);
    }

    @Override
    public final List<Segment> layout() {
        return layout;
    }

    @Override
    public final void threads(int count) {
        workers.threads(count);
    }

    @Override
    public final void close() {
        closed = true;
        workers.close();
    }

    final void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the network is closed");
        }
    }
}
