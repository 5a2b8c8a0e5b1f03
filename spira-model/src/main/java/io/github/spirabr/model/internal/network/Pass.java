package io.github.spirabr.model.internal.network;

/**
 * What our layers know of the pass that runs through them, set before it and shared by all of them.
 * Used by one thread.
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

    /** How much each window's loss counts. */
    float[] shares() {
        return shares;
    }

    void training(WindowStreams ofBatch, OutputLoss ofOutputs, float[] ofWindows) {
        this.streams = ofBatch;
        this.loss = ofOutputs;
        this.shares = ofWindows;
    }

    /** The loss that the last pass gave. */
    double lossSum() {
        return lossSum;
    }

    void lossSum(double sum) {
        this.lossSum = sum;
    }
}
