package io.github.spirabr.examples.network;

import io.github.spirabr.audio.decode.FfmpegAudioReader;
import io.github.spirabr.audio.features.Mfcc;
import io.github.spirabr.core.model.ModelFactory;
import io.github.spirabr.core.pipeline.TrainingPipeline;
import io.github.spirabr.core.preprocessing.InputShape;
import io.github.spirabr.core.preprocessing.Preprocessing;
import io.github.spirabr.core.preprocessing.SlidingWindow;
import io.github.spirabr.core.registry.ModelRepository;
import io.github.spirabr.model.Dl4jNetwork;
import io.github.spirabr.storage.fs.manifest.Manifest;
import io.github.spirabr.storage.fs.registry.FileSystemModelRepository;
import io.github.spirabr.training.Adam;
import io.github.spirabr.training.Loss;
import io.github.spirabr.training.Trainer;
import java.nio.file.Path;
import java.time.Duration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * Trains a network of one's own, written as a plain Deeplearning4j configuration: two convolutions over time and the
 * mean of all frames. Everything else is as with the built-in networks, checkpoints and stored models included.
 */
public final class OwnNetwork {

    private OwnNetwork() {}

    /** Arguments: the manifest, and the folder that models are saved to. */
    public static void main(String[] arguments) {
        ModelRepository models = FileSystemModelRepository.at(Path.of(arguments[1]));
        pipeline(Path.of(arguments[0]), models, 20).run();
    }

    static TrainingPipeline pipeline(Path manifest, ModelRepository models, int epochs) {
        // Windows of 4 s, a frame every 10 ms: 401 frames of 13 coefficients.
        InputShape input = new InputShape(401, 13);
        return TrainingPipeline.builder()
                .recordings(Manifest.at(manifest))
                .reader(FfmpegAudioReader.builder().sampleRate(16_000).build())
                .preprocessing(Preprocessing.builder()
                        .window(SlidingWindow.of(Duration.ofSeconds(4), Duration.ofSeconds(2)))
                        .extract(Mfcc.builder().coefficients(input.features()).melBands(40).fftSize(512).windowLength(400)
                                .hopLength(160).build())
                        .build())
                .model(network(input))
                .trainer(Trainer.builder()
                        .optimizer(Adam.of(1e-3))
                        .loss(Loss.binaryCrossEntropy().balanced())
                        .epochs(epochs)
                        .build())
                .models(models)
                .modelName("own-network")
                .build();
    }

    static ModelFactory network(InputShape input) {
        return Dl4jNetwork.ofSequence(new NeuralNetConfiguration.Builder()
                .activation(Activation.RELU)
                .list()
                .layer(new Convolution1DLayer.Builder(5, 2).nOut(16).build())
                .layer(new Convolution1DLayer.Builder(5, 2).nOut(16).dropOut(0.8).build())
                .layer(new GlobalPoolingLayer.Builder(PoolingType.AVG).build())
                .layer(new OutputLayer.Builder(LossFunction.XENT).nOut(1).activation(Activation.SIGMOID).build())
                .setInputType(InputType.recurrent(input.features(), input.frames()))
                .build()
                .toJson());
    }
}
