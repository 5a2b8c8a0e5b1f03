package io.github.spirabr.model;

import io.github.spirabr.core.model.TrainingException;
import io.github.spirabr.model.internal.network.Network;
import io.github.spirabr.model.internal.network.Segment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A network's state as files: {@code weights.f32}, its weights as 32-bit floats, little-endian, in the order of the
 * layers; {@code weights.txt}, a line with name and sizes of each array, such as {@code conv1.weight 32 1 7}; and {@code
 * statistics.f32}, the running statistics, if the network has any.
 */
final class WeightsFile {

    static final String WEIGHTS = "weights.f32";
    static final String LAYOUT = "weights.txt";
    static final String STATISTICS = "statistics.f32";

    private WeightsFile() {}

    static Map<String, byte[]> write(Network network) {
        Map<String, byte[]> files = new TreeMap<>();
        files.put(WEIGHTS, bytes(network.weights()));
        files.put(LAYOUT, layout(network.layout()).getBytes(StandardCharsets.US_ASCII));
        float[] statistics = network.statistics();
        if (statistics.length > 0) {
            files.put(STATISTICS, bytes(statistics));
        }
        return files;
    }

    private static String layout(List<Segment> segments) {
        return segments.stream()
                .map(segment -> segment.name() + " "
                        + segment.shape().stream().map(String::valueOf).collect(Collectors.joining(" ")) + "\n")
                .collect(Collectors.joining());
    }

    /** Loads a stored state into a network of the same architecture. */
    static void read(Map<String, byte[]> state, Network network) {
        float[] weights = floats(state, WEIGHTS, network.parameterCount());
        float[] statistics = network.statistics();
        if (statistics.length > 0) {
            network.statistics(floats(state, STATISTICS, statistics.length));
        }
        network.weights(weights);
    }

    /** Returns the arrays of a stored state, in their order in the weights. */
    static List<Segment> layout(Map<String, byte[]> state) {
        String text = new String(file(state, LAYOUT), StandardCharsets.US_ASCII);
        List<Segment> segments = new ArrayList<>();
        int offset = 0;
        for (String line : text.lines().toList()) {
            String[] words = line.split(" ");
            try {
                List<Integer> shape = Arrays.stream(words).skip(1).map(Integer::valueOf).toList();
                if (!words[0].contains(".") || shape.isEmpty() || shape.stream().anyMatch(size -> size < 1)) {
                    throw new NumberFormatException("no name of layer and array, or no sizes of 1 or more");
                }
                Segment segment = new Segment(words[0], offset, shape);
                segments.add(segment);
                offset = Math.addExact(offset, segment.length());
            } catch (NumberFormatException | ArithmeticException e) {
                throw new TrainingException("a line in " + LAYOUT + " of the stored model must be the name and the sizes of an"
                        + " array, such as 'conv1.weight 32 1 7', but was '" + line + "'", e);
            }
        }
        return segments;
    }

    /** Checks that as many weights are stored as the network has. */
    static void requireWeights(Map<String, byte[]> state, long expected) {
        requireLength(WEIGHTS, file(state, WEIGHTS), expected);
    }

    private static void requireLength(String name, byte[] bytes, long expected) {
        if (bytes.length != expected * Float.BYTES) {
            throw new TrainingException(name + " of the stored model must have " + expected * Float.BYTES
                    + " bytes for the network's " + expected + " weights, but has " + bytes.length
                    + "; it was made by another network, or with another input shape");
        }
    }

    static float[] floats(Map<String, byte[]> state, String name, int expected) {
        byte[] bytes = file(state, name);
        requireLength(name, bytes, expected);
        float[] values = new float[expected];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
        for (int i = 0; i < expected; i++) {
            if (!Float.isFinite(values[i])) {
                throw new TrainingException("weight " + i + " in " + name + " of the stored model must be finite, but was " + values[i]);
            }
        }
        return values;
    }

    private static byte[] file(Map<String, byte[]> state, String name) {
        byte[] bytes = state.get(name);
        if (bytes == null) {
            throw new TrainingException("the stored model must have a file " + name + ", but has " + state.keySet());
        }
        return bytes;
    }

    static byte[] bytes(float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }
}
