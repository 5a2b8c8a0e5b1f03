package io.github.spirabr.onnx;

import static io.github.spirabr.onnx.GraphBuilder.integer;
import static io.github.spirabr.onnx.GraphBuilder.integers;
import static io.github.spirabr.onnx.GraphBuilder.number;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.github.spirabr.core.model.NetworkDescription;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;

/**
 * A builder of a network's graph from operators that every runtime of operator set 13 has. Group normalisation is expressed
 * as instance normalisation of the groups, and Mish by its formula; both have operators of their own only in later sets.
 * Used once.
 */
final class NetworkGraph {

    static final String INPUT = "features";
    static final String OUTPUT = "probability";

    private static final int OPERATOR_SET = 13;
    /** The last one that such a set needs. */
    private static final int FORMAT = 7;

    private final NetworkDescription network;
    private final GraphBuilder graph = new GraphBuilder("network");

    NetworkGraph(NetworkDescription network) {
        this.network = network;
    }

    ModelProto model(SortedMap<String, String> metadata) {
        Object frames = network.longerWindows() ? "frames" : network.input().frames();
        graph.input(GraphBuilder.floats(INPUT, List.of("windows", frames, network.input().features())));
        // One channel: [windows, 1, frames, features].
        String value = graph.node("Unsqueeze", List.of(INPUT, graph.integers(List.of(1), 1)));
        for (NetworkDescription.Layer layer : network.layers()) {
            value = add(layer, value);
        }
        graph.nodeTo(OUTPUT, "Identity", List.of(value));
        graph.output(GraphBuilder.floats(OUTPUT, List.of("windows")));
        ModelProto.Builder model = ModelProto.newBuilder()
                .setIrVersion(FORMAT)
                .setProducerName("SPIRA for Java")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPERATOR_SET))
                .setGraph(graph.build());
        metadata.forEach((key, text) ->
                model.addMetadataProps(StringStringEntryProto.newBuilder().setKey(key).setValue(text)));
        return model.build();
    }

    private String add(NetworkDescription.Layer layer, String in) {
        if (layer instanceof NetworkDescription.Layer.TimeConvolution convolution) {
            return convolution(convolution, in);
        } else if (layer instanceof NetworkDescription.Layer.GroupNormalization normalization) {
            return groupNormalization(normalization, in);
        } else if (layer instanceof NetworkDescription.Layer.BatchNormalization normalization) {
            return graph.node("BatchNormalization",
                    List.of(in, constant(normalization.gain()), constant(normalization.offset()),
                            constant(normalization.mean()), constant(normalization.variance())),
                    number("epsilon", normalization.epsilon()));
        } else if (layer instanceof NetworkDescription.Layer.Mish) {
            return graph.node("Mul", List.of(in, graph.node("Tanh", List.of(graph.node("Softplus", List.of(in))))));
        } else if (layer instanceof NetworkDescription.Layer.TimeMaxPooling pooling) {
            return graph.node("MaxPool", List.of(in),
                    integers("kernel_shape", pooling.frames(), 1), integers("strides", pooling.frames(), 1));
        } else if (layer instanceof NetworkDescription.Layer.AdaptiveTimeAverage average) {
            return average(average, in);
        } else if (layer instanceof NetworkDescription.Layer.Flatten flatten) {
            String turned = flatten.timeMajor()
                    ? graph.node("Transpose", List.of(in), integers("perm", 0, 2, 1, 3)) : in;
            return graph.node("Flatten", List.of(turned), integer("axis", 1));
        } else if (layer instanceof NetworkDescription.Layer.Dense dense) {
            return graph.node("Gemm", List.of(in, constant(dense.weights()), constant(dense.bias())), integer("transB", 1));
        } else if (layer instanceof NetworkDescription.Layer.Sigmoid) {
            return graph.node("Sigmoid", List.of(in));
        }
        NetworkDescription.Layer.Pick pick = (NetworkDescription.Layer.Pick) layer;
        return graph.node("Gather", List.of(in, graph.integers(List.of(), pick.index())), integer("axis", 1));
    }

    private String constant(NetworkDescription.Weights array) {
        return graph.floats(array.shape(), array.values());
    }

    private String convolution(NetworkDescription.Layer.TimeConvolution convolution, String in) {
        List<Integer> shape = convolution.weights().shape();
        int kernel = shape.get(2);
        String weights = graph.floats(List.of(shape.get(0), shape.get(1), kernel, 1), convolution.weights().values());
        return graph.node("Conv", List.of(in, weights, constant(convolution.bias())),
                integers("kernel_shape", kernel, 1), integers("dilations", convolution.dilation(), 1));
    }

    private String groupNormalization(NetworkDescription.Layer.GroupNormalization normalization, String in) {
        int groups = normalization.groups();
        int channels = normalization.gain().shape().get(0);
        float[] ones = new float[groups];
        Arrays.fill(ones, 1f);
        // Zero is for the same size as before, and -1 for what is left.
        String rows = graph.node("Reshape", List.of(in, graph.integers(List.of(3), 0, groups, -1)));
        String normal = graph.node("InstanceNormalization",
                List.of(rows, graph.floats(List.of(groups), ones), graph.floats(List.of(groups), new float[groups])),
                number("epsilon", normalization.epsilon()));
        String shaped = graph.node("Reshape", List.of(normal, graph.node("Shape", List.of(in))));
        List<Integer> ofChannels = List.of(channels, 1, 1);
        String gained = graph.node("Mul", List.of(shaped, graph.floats(ofChannels, normalization.gain().values())));
        return graph.node("Add", List.of(gained, graph.floats(ofChannels, normalization.offset().values())));
    }

    /** A matrix [pooled frames × frames] of shares, made from the number of frames, times each [frames × features]. */
    private String average(NetworkDescription.Layer.AdaptiveTimeAverage average, String in) {
        int pooled = average.frames();
        long[] from = new long[pooled];
        long[] to = new long[pooled];
        for (int p = 0; p < pooled; p++) {
            from[p] = p;
            to[p] = p + 1L;
        }
        List<Integer> column = List.of(pooled, 1);
        String divisor = graph.integers(List.of(), pooled);
        String frames = graph.node("Gather", List.of(graph.node("Shape", List.of(in)), graph.integers(List.of(), 2)));
        String start = graph.node("Div", List.of(graph.node("Mul", List.of(graph.integers(column, from), frames)), divisor));
        String roundedUp = graph.node("Add", List.of(
                graph.node("Mul", List.of(graph.integers(column, to), frames)), graph.integers(List.of(), pooled - 1L)));
        String end = graph.node("Div", List.of(roundedUp, divisor));
        String time = graph.node("Range", List.of(graph.integers(List.of(), 0), frames, graph.integers(List.of(), 1)));
        String inside = graph.node("And", List.of(
                graph.node("GreaterOrEqual", List.of(time, start)), graph.node("Less", List.of(time, end))));
        String shares = graph.node("Div", List.of(
                toFloats(inside), toFloats(graph.node("Sub", List.of(end, start)))));
        return graph.node("MatMul", List.of(shares, in));
    }

    private String toFloats(String value) {
        return graph.node("Cast", List.of(value), integer("to", TensorProto.DataType.FLOAT.getNumber()));
    }
}
