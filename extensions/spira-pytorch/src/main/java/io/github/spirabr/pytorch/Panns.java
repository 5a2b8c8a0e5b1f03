package io.github.spirabr.pytorch;

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

/**
 * PANNs (Kong et al., "PANNs: Large-Scale Pretrained Audio Neural Networks for Audio Pattern Recognition", IEEE/ACM TASLP
 * 2020) with one output, as SPIRA-ComParE2021 trained them: a fully connected layer {@code fc_transfer} behind the
 * embedding, with dropout 0.5. Arrays have the names of the published checkpoints, such as {@code conv_block1.conv1.weight};
 * initial weights are Glorot-uniform. Windows have 64 features, the mel bands in decibels, and any number of frames from 32
 * on. Trained on one machine with one number of threads, the same seed gives the same bits; elsewhere the last bits
 * differ. Immutable and thread-safe.
 */
public final class Panns implements ModelFactory {

    private static final String TYPE = "panns";

    /** The published architectures. */
    public enum Architecture {
        /** Four blocks of a 5 × 5 convolution each, to 512 channels; 4.6 million parameters. */
        CNN6(PytorchNetworks.CNN6),
        /** Four blocks of two 3 × 3 convolutions each, to 512 channels; 5 million parameters. */
        CNN10(PytorchNetworks.CNN10),
        /** Six blocks of two 3 × 3 convolutions each, to 2048 channels; 80 million parameters. */
        CNN14(PytorchNetworks.CNN14),
        /** Sixteen residual blocks between two blocks of two convolutions; 73 million parameters. */
        RESNET38(PytorchNetworks.RESNET38),
        /** Thirteen separable convolutions; 4.3 million parameters. */
        MOBILENET_V1(PytorchNetworks.MOBILENET_V1);

        private final PytorchNetworks networks;

        Architecture(PytorchNetworks networks) {
            this.networks = networks;
        }
    }

    private final Architecture architecture;
    private final ComputeDevice device;

    private Panns(Architecture architecture, ComputeDevice device) {
        this.architecture = architecture;
        this.device = device;
    }

    /** Returns CNN6. */
    public static Panns cnn6() {
        return of(Architecture.CNN6);
    }

    /** Returns CNN10. */
    public static Panns cnn10() {
        return of(Architecture.CNN10);
    }

    /** Returns CNN14. */
    public static Panns cnn14() {
        return of(Architecture.CNN14);
    }

    /** Returns ResNet38. */
    public static Panns resNet38() {
        return of(Architecture.RESNET38);
    }

    /** Returns MobileNetV1. */
    public static Panns mobileNetV1() {
        return of(Architecture.MOBILENET_V1);
    }

    /** Returns the network of an architecture, computed on a CUDA device if there is one. */
    public static Panns of(Architecture architecture) {
        return new Panns(architecture, ComputeDevice.AUTO);
    }

    /** Returns the same network, computed on another device. Models that were trained on CUDA are also restored without it. */
    public Panns on(ComputeDevice device) {
        return new Panns(architecture, device);
    }

    @Override
    public UntrainedModel create(InputShape input, RandomStreams random) {
        return architecture.networks.create(input, Settings.nameOf(device), random);
    }

    @Override
    public double machineTolerance() {
        return ComputeDevice.MACHINE_TOLERANCE;
    }

    @Override
    public ComponentDescription description() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("architecture", Settings.nameOf(architecture));
        settings.put("device", device.stored());
        return new ComponentDescription(TYPE, settings);
    }

    @Override
    public String toString() {
        return TYPE + description().settings();
    }

    /** A provider that registers {@code panns} with settings {@code architecture} and {@code device}. */
    public static final class Provider extends ComponentProvider<ModelFactory> {

        /** Creates the provider; called by {@link java.util.ServiceLoader}. */
        public Provider() {
            super(ModelFactory.class, TYPE,
                    Setting.choice("architecture", Architecture.class, "Network of Kong et al. 2020.")
                            .byDefault(Architecture.CNN10),
                    ComputeDevice.setting().byDefault(ComputeDevice.AUTO));
        }

        @Override
        protected ModelFactory create(Settings settings) {
            return of(settings.choice("architecture", Architecture.class)).on(settings.choice("device", ComputeDevice.class));
        }
    }
}
