package io.github.spirabr.pytorch.internal;

import ai.djl.ndarray.NDArray;
import io.github.spirabr.pytorch.internal.Layer.Initial;
import java.util.ArrayList;
import java.util.List;

/**
 * The networks of Kong et al., "PANNs: Large-Scale Pretrained Audio Neural Networks for Audio Pattern Recognition", IEEE/ACM
 * TASLP 2020, over 64 logarithmic mel bands, with the names of their published checkpoints and one output, {@code
 * fc_transfer}, behind the embedding.
 */
final class PannsLayers {

    static final int BANDS = 64;
    private static final double BLOCK_DROPOUT = 0.2;
    private static final double RESIDUAL_DROPOUT = 0.1;
    private static final double EMBEDDING_DROPOUT = 0.5;
    private static final int[] RESIDUAL_BLOCKS = {3, 4, 6, 3};
    /** Channels and pooling of the separable convolutions of MobileNetV1. */
    private static final int[][] SEPARABLE = {{64, 1}, {128, 2}, {128, 1}, {256, 2}, {256, 1}, {512, 2}, {512, 1},
        {512, 1}, {512, 1}, {512, 1}, {512, 1}, {1024, 2}, {1024, 1}};

    private PannsLayers() {}

    static Layer cnn6() {
        List<Layer> blocks = new ArrayList<>();
        int in = 1;
        for (int b = 1; b <= 4; b++) {
            String name = "conv_block" + b;
            int out = 32 << b;
            blocks.add(normalised(name + ".conv1", name + ".bn1", in, out, 5));
            blocks.add(Layers.averagePooling(2));
            blocks.add(Layers.dropout(name, BLOCK_DROPOUT));
            in = out;
        }
        return network(blocks, in, in);
    }

    static Layer cnn10() {
        List<Layer> blocks = new ArrayList<>();
        for (int b = 1; b <= 4; b++) {
            blocks.add(block("conv_block" + b, b == 1 ? 1 : 16 << b, 32 << b, 2));
        }
        return network(blocks, 512, 512);
    }

    static Layer cnn14() {
        List<Layer> blocks = new ArrayList<>();
        for (int b = 1; b <= 6; b++) {
            blocks.add(block("conv_block" + b, b == 1 ? 1 : 16 << b, 32 << b, b == 6 ? 1 : 2));
        }
        return network(blocks, 2048, 2048);
    }

    static Layer resNet38() {
        List<Layer> blocks = new ArrayList<>();
        blocks.add(block("conv_block1", 1, 64, 2));
        int in = 64;
        for (int l = 0; l < RESIDUAL_BLOCKS.length; l++) {
            int out = 64 << l;
            for (int b = 0; b < RESIDUAL_BLOCKS[l]; b++) {
                blocks.add(residual("resnet.layer" + (l + 1) + "." + b, in, out, l > 0 && b == 0));
                in = out;
            }
        }
        blocks.add(Layers.averagePooling(2));
        blocks.add(Layers.dropout("resnet", BLOCK_DROPOUT));
        blocks.add(block("conv_block_after1", in, 2048, 1));
        return network(blocks, 2048, 2048);
    }

    static Layer mobileNetV1() {
        List<Layer> blocks = new ArrayList<>();
        blocks.add(pooled("features.0", 1, 32, 2, 1));
        int in = 32;
        for (int b = 0; b < SEPARABLE.length; b++) {
            String name = "features." + (b + 1);
            int out = SEPARABLE[b][0];
            blocks.add(pooled(name, in, in, SEPARABLE[b][1], in));
            blocks.add(normalised(name + ".4", name + ".5", in, out, 1));
            in = out;
        }
        return network(blocks, in, in);
    }

    /** Returns two convolutions, the mean of squares, and dropout. */
    private static Layer block(String name, int in, int out, int pooling) {
        return Layers.sequence(
                normalised(name + ".conv1", name + ".bn1", in, out, 3),
                normalised(name + ".conv2", name + ".bn2", out, out, 3),
                Layers.averagePooling(pooling),
                Layers.dropout(name, BLOCK_DROPOUT));
    }

    private static Layer normalised(String convolution, String normalisation, int in, int out, int kernel) {
        return Layers.sequence(
                Layers.convolution(convolution, in, out, kernel, 1), Layers.normalisation(normalisation, out), Layers.relu());
    }

    /** Returns a convolution whose output is averaged before it is normalised. */
    private static Layer pooled(String name, int in, int out, int pooling, int groups) {
        return Layers.sequence(
                Layers.convolution(name + ".0", in, out, 3, groups), Layers.averagePooling(pooling),
                Layers.normalisation(name + ".2", out), Layers.relu());
    }

    private static Layer residual(String name, int in, int out, boolean halves) {
        Layer way = Layers.sequence(
                Layers.averagePooling(halves ? 2 : 1),
                normalised(name + ".conv1", name + ".bn1", in, out, 3),
                Layers.dropout(name, RESIDUAL_DROPOUT),
                Layers.convolution(name + ".conv2", out, out, 3, 1),
                Layers.normalisation(name + ".bn2", out, Initial.ZEROS));
        Layer shortcut = halves
                ? Layers.sequence(
                        Layers.averagePooling(2),
                        Layers.convolution(name + ".downsample.1", in, out, 1, 1),
                        Layers.normalisation(name + ".downsample.2", out))
                : Layers.of(x -> x);
        return Layers.residual(way, shortcut);
    }

    private static Layer network(List<Layer> blocks, int channels, int embedding) {
        return Layers.sequence(
                Layers.featureNormalisation("bn0", BANDS),
                Layers.sequence(blocks),
                Layers.of(PannsLayers::summary),
                Layers.dropout("summary", EMBEDDING_DROPOUT),
                Layers.dense("fc1", channels, embedding, Initial.GLOROT, Initial.ZEROS),
                Layers.relu(),
                Layers.dropout("embedding", EMBEDDING_DROPOUT),
                Layers.dense("fc_transfer", embedding, 1, Initial.GLOROT, Initial.ZEROS));
    }

    /** Computes the mean over features, and of these, for each channel, the largest plus the mean over frames. */
    private static NDArray summary(NDArray x) {
        NDArray frames = x.mean(new int[] {3});
        return frames.max(new int[] {2}).add(frames.mean(new int[] {2}));
    }
}
