package io.github.spirabr.model;

import io.github.spirabr.training.SmallData;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/** Configurations that a user of Deeplearning4j might write, for windows of {@link SmallData#SHAPE}. */
final class OwnNetworks {

    private OwnNetworks() {}

    static OutputLayer sigmoids(int count) {
        return new OutputLayer.Builder(LossFunctions.LossFunction.XENT)
                .nOut(count).activation(Activation.SIGMOID).build();
    }

    /** Convolution, batch normalisation, dropout: all that brings statistics and draws. */
    static String convolutional() {
        MultiLayerConfiguration configuration = new NeuralNetConfiguration.Builder()
                .list()
                .layer(new ConvolutionLayer.Builder(5, 1).stride(2, 1).nOut(4).activation(Activation.IDENTITY)
                        .name("time").build())
                .layer(new BatchNormalization())
                .layer(new DenseLayer.Builder().nOut(10).activation(Activation.TANH).dropOut(0.8).build())
                .layer(sigmoids(1))
                .setInputType(InputType.convolutionalFlat(SmallData.SHAPE.frames(), SmallData.SHAPE.features(), 1))
                .build();
        return configuration.toJson();
    }

    static String recurrent() {
        return new NeuralNetConfiguration.Builder()
                .list()
                .layer(new LSTM.Builder().nOut(6).activation(Activation.TANH).build())
                .layer(new GlobalPoolingLayer.Builder(PoolingType.AVG).build())
                .layer(sigmoids(2))
                .setInputType(InputType.recurrent(SmallData.SHAPE.features(), SmallData.SHAPE.frames()))
                .build()
                .toJson();
    }

    static String dense(Activation last) {
        return new NeuralNetConfiguration.Builder()
                .list()
                .layer(new DenseLayer.Builder().nOut(5).activation(Activation.TANH).build())
                .layer(new OutputLayer.Builder(LossFunctions.LossFunction.MSE).nOut(1).activation(last).build())
                .setInputType(InputType.feedForward(
                        (long) SmallData.SHAPE.frames() * SmallData.SHAPE.features()))
                .build()
                .toJson();
    }
}
