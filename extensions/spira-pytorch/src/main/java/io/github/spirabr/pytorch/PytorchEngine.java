package io.github.spirabr.pytorch;

import io.github.spirabr.core.component.Setting;
import io.github.spirabr.core.component.Settings;
import io.github.spirabr.pytorch.internal.PytorchNetworks;
import io.github.spirabr.training.Trainer;
import io.github.spirabr.training.engine.Network;
import io.github.spirabr.training.engine.NetworkEngine;
import java.util.Map;
import java.util.Optional;

/**
 * PyTorch as the engine of a trainer: SpiraConv is trained on it, and the trained model is SpiraConv on its own kernels again,
 * which needs no PyTorch. PANNs and blocks of DJL are on PyTorch anyway. On one machine, one device and one number of
 * threads, the same seed gives the same bits; elsewhere the last bits differ. Immutable and thread-safe.
 */
public final class PytorchEngine implements NetworkEngine {

    private static final String TYPE = "pytorch";

    private final ComputeDevice device;

    private PytorchEngine(ComputeDevice device) {
        this.device = device;
    }

    /** Returns the engine on a device. */
    public static PytorchEngine on(ComputeDevice device) {
        return new PytorchEngine(device);
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Map<String, Object> settings() {
        return Map.of("device", Settings.nameOf(device));
    }

    @Override
    public Network compute(Network network) {
        return PytorchNetworks.compute(network, Settings.nameOf(device));
    }

    /** A provider that registers the trainer {@code pytorch}: {@code dl4j} with the setting {@code device}. */
    public static final class Provider extends Trainer.Provider {

        /** Creates the provider; called by {@link java.util.ServiceLoader}. */
        public Provider() {
            super(TYPE, Setting.choice("device", ComputeDevice.class,
                            "Device that SpiraConv is trained on; auto takes CUDA where PyTorch finds it. PANNs name their own.")
                    .byDefault(ComputeDevice.AUTO));
        }

        @Override
        protected Optional<NetworkEngine> engine(Settings settings) {
            return Optional.of(on(settings.choice("device", ComputeDevice.class)));
        }
    }
}
