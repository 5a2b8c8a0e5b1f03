package io.github.spirabr.model.internal.network;

import io.github.spirabr.training.engine.OutputLoss;

/** The loss of a pass through the network, set before it, and what it came to. Used by one thread. */
final class Pass {

    private OutputLoss loss = OutputLoss.PLAIN;
    private float[] shares = new float[0];
    private double lossSum;

    OutputLoss loss() {
        return loss;
    }

    /** Returns the weight of each window's loss. */
    float[] shares() {
        return shares;
    }

    void training(OutputLoss ofOutputs, float[] ofWindows) {
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
