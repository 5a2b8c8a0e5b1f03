package io.github.spirabr.pytorch;

import ai.djl.nn.Block;
import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.ComponentProvider;
import io.github.spirabr.core.component.Setting;
import io.github.spirabr.core.component.Settings;
import io.github.spirabr.core.model.ModelFactory;
import io.github.spirabr.core.model.UntrainedModel;
import io.github.spirabr.core.preprocessing.InputShape;
import io.github.spirabr.core.random.RandomStreams;
import io.github.spirabr.pytorch.internal.PytorchNetworks;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A network of a block of the Deep Java Library (DJL) on PyTorch. The block takes windows as [windows × 1 × frames ×
 * features] and gives a logit for each, without a sigmoid; of several logits, the second one is that of being a patient.
 * Initial weights and what the block draws in training come from PyTorch's generator, which is seeded from the run's
 * streams for each batch. Trained on one machine with one number of threads, the same seed gives the same bits; elsewhere
 * the last bits differ. Experiment files name a block that the application gives to {@link
 * io.github.spirabr.core.component.Components#bind}. Immutable; thread-safe if the supplier is.
 */
public final class DjlNetwork implements ModelFactory {

    private static final String TYPE = "djl";

    private final String name;
    private final Supplier<Block> block;
    private final ComputeDevice device;

    private DjlNetwork(String name, Supplier<Block> block, ComputeDevice device) {
        this.name = name;
        this.block = block;
        this.device = device;
    }

    /**
     * Returns a network, computed on a CUDA device if there is one.
     *
     * @param name name of the block in experiment files and stored models
     * @param block makes the block, a new one at each call
     */
    public static DjlNetwork of(String name, Supplier<Block> block) {
        return new DjlNetwork(name, block, ComputeDevice.AUTO);
    }

    /** Returns the same network, computed on another device. Models that were trained on CUDA are also restored without it. */
    public DjlNetwork on(ComputeDevice device) {
        return new DjlNetwork(name, block, device);
    }

    @Override
    public UntrainedModel create(InputShape input, RandomStreams random) {
        return PytorchNetworks.create(block, input, Settings.nameOf(device), random);
    }

    @Override
    public double machineTolerance() {
        return ComputeDevice.MACHINE_TOLERANCE;
    }

    @Override
    public ComponentDescription description() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("block", name);
        settings.put("device", device.stored());
        return new ComponentDescription(TYPE, settings);
    }

    /** A provider that registers {@code djl} with settings {@code block}, the name of a bound network, and {@code device}. */
    public static final class Provider extends ComponentProvider<ModelFactory> {

        /** Creates the provider; called by {@link java.util.ServiceLoader}. */
        public Provider() {
            super(ModelFactory.class, TYPE,
                    Setting.bound("block", DjlNetwork.class, "Name of the network that the application brings."),
                    ComputeDevice.setting().optional("the device of the bound network"));
        }

        @Override
        protected ModelFactory create(Settings settings) {
            DjlNetwork bound = settings.bound("block", DjlNetwork.class);
            return settings.has("device") ? bound.on(settings.choice("device", ComputeDevice.class)) : bound;
        }
    }
}
