package io.github.spirabr.pytorch;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.Dropout;

/** Blocks that a user of DJL might write, for windows of 128 frames of 8 features. */
final class OwnBlocks {

    private OwnBlocks() {}

    /** Convolution, batch normalisation, dropout: all that brings statistics and draws. */
    static Block convolutional(int outputs) {
        return new SequentialBlock()
                .add(Conv2d.builder().setFilters(4).setKernelShape(new Shape(5, 1)).optStride(new Shape(2, 1)).build())
                .add(BatchNorm.builder().build())
                .add(Blocks.batchFlattenBlock())
                .add(Linear.builder().setUnits(10).build())
                .add(Activation::tanh)
                .add(Dropout.builder().optRate(0.2f).build())
                .add(Linear.builder().setUnits(outputs).build());
    }

    static Block dense() {
        return new SequentialBlock()
                .add(Blocks.batchFlattenBlock())
                .add(Linear.builder().setUnits(5).build())
                .add(Activation::tanh)
                .add(Linear.builder().setUnits(1).build());
    }
}
