package io.github.spirabr.model.internal.network;

/**
 * The state of a pass through the network, set before it and shared by the layers of this package. Used by one thread.
 */
final class Pass {

    private final Workers workers;
    private WindowStreams streams = (purpose, index) -> {
        throw new IllegalStateException("no random streams are set for this pass");
    };
    private OutputLoss loss = OutputLoss.PLAIN;
    private float[] shares = new float[0];
    private double lossSum;

    Pass(Workers workers) {
        this.workers = workers;
    }

    Workers workers() {
        return workers;
    }

    WindowStreams streams() {
        return streams;
    }

    OutputLoss loss() {
        return loss;
    }

    /** Returns the weight of each window's loss. */
    float[] shares() {
        return shares;
    }

    void training(WindowStreams ofBatch, OutputLoss ofOutputs, float[] ofWindows) {
        this.streams = ofBatch;
        this.loss = ofOutputs;
        this.shares = ofWindows;
    }

    /** Returns the loss of the last pass. */
    double lossSum() {
        return lossSum;
    }

    void lossSum(double sum) {
        this.lossSum = sum;
    }
}
