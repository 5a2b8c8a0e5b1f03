package io.github.spirabr.training;

import io.github.spirabr.core.model.Coefficient;
import io.github.spirabr.core.model.NetworkDescription;
import io.github.spirabr.core.model.TrainedModel;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import io.github.spirabr.core.preprocessing.InputShape;
import io.github.spirabr.training.engine.Network;
import io.github.spirabr.training.internal.network.HeadNetwork;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A trained network. Calls run one after the other; each uses all threads of the network. */
final class TrainedNetwork implements TrainedModel {

    /** Largest number of windows of one pass, which limits memory: long recordings have thousands of windows. */
    private static final int WINDOWS_AT_ONCE = 32;

    private final InputShape input;
    private final Network network;
    private boolean closed;

    TrainedNetwork(InputShape input, Network network) {
        this.input = input;
        this.network = network;
    }

    @Override
    public InputShape input() {
        return input;
    }

    @Override
    public synchronized double[] predict(List<FeatureMatrix> windows) {
        requireOpen();
        double[] probabilities = new double[windows.size()];
        for (int from = 0; from < windows.size(); from += WINDOWS_AT_ONCE) {
            List<FeatureMatrix> some = windows.subList(from, Math.min(windows.size(), from + WINDOWS_AT_ONCE));
            double[] ofSome = network.predict(WindowBatch.rows(some, network));
            System.arraycopy(ofSome, 0, probabilities, from, ofSome.length);
        }
        return probabilities;
    }

    @Override
    public synchronized Map<String, byte[]> state() {
        requireOpen();
        return WeightsFile.write(network);
    }

    @Override
    public synchronized Optional<NetworkDescription> describe() {
        requireOpen();
        return network.describe();
    }

    @Override
    public synchronized List<Coefficient> coefficients() {
        requireOpen();
        return network instanceof HeadNetwork head ? head.coefficients() : List.of();
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            network.close();
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the model is closed");
        }
    }
}
