package io.github.spirabr.training;

import io.github.spirabr.core.model.TrainingException;
import io.github.spirabr.training.engine.Network;
import io.github.spirabr.training.engine.Safetensors;
import io.github.spirabr.training.engine.Segment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A network's state as a file: {@code weights.safetensors}, its weights in the order of the layers, and its running
 * statistics. Releases before wrote three files, which are still read: {@code weights.f32}, the weights as 32-bit floats,
 * little-endian; {@code weights.txt}, a line with name and sizes of each array, such as {@code conv1.weight 32 1 7}; and
 * {@code statistics.f32}.
 */
final class WeightsFile {

    static final String FILE = "weights.safetensors";
    static final String ENDING = ".safetensors";
    static final String WEIGHTS = "weights.f32";
    static final String LAYOUT = "weights.txt";
    static final String STATISTICS = "statistics.f32";

    private static final String OF_MODEL = FILE + " of the stored model";
    /** Metadata that Python's libraries write. */
    private static final Map<String, String> OF_PYTORCH = Map.of("format", "pt");

    private WeightsFile() {}

    static Map<String, byte[]> write(Network network) {
        float[] weights = network.weights();
        float[] statistics = network.statistics();
        List<Segment> arrays = new ArrayList<>(network.layout());
        for (Segment segment : network.statisticsLayout()) {
            Segment.add(arrays, segment.name(), weights.length + segment.offset(), segment.shape());
        }
        float[] all = Arrays.copyOf(weights, weights.length + statistics.length);
        System.arraycopy(statistics, 0, all, weights.length, statistics.length);
        return Map.of(FILE, Safetensors.write(OF_PYTORCH, arrays, all));
    }

    /** Loads a stored state into a network of the same architecture. */
    static void read(Map<String, byte[]> state, Network network) {
        float[] statistics = network.statistics();
        if (isOfBefore(state)) {
            float[] weights = floats(state, WEIGHTS, network.parameterCount());
            if (statistics.length > 0) {
                network.statistics(floats(state, STATISTICS, statistics.length));
            }
            network.weights(weights);
            return;
        }
        Safetensors stored = stored(state);
        Set<String> known = new HashSet<>();
        float[] weights = new float[network.parameterCount()];
        fill(weights, network.layout(), stored, known);
        fill(statistics, network.statisticsLayout(), stored, known);
        for (String name : stored.names()) {
            if (!known.contains(name)) {
                throw new TrainingException(OF_MODEL + " must have the arrays of the network alone, but has also '" + name
                        + "'; it was made by another network");
            }
        }
        if (statistics.length > 0) {
            network.statistics(statistics);
        }
        network.weights(weights);
    }

    private static void fill(float[] values, List<Segment> layout, Safetensors stored, Set<String> known) {
        for (Segment segment : layout) {
            List<Integer> shape = stored.shape(segment.name());
            if (!shape.equals(segment.shape())) {
                throw new TrainingException("the array '" + segment.name() + "' in " + OF_MODEL + " must have the shape "
                        + segment.shape() + ", but has " + shape + "; it was made by another network, or with another"
                        + " input shape");
            }
            System.arraycopy(stored.floats(segment.name()), 0, values, segment.offset(), segment.length());
            known.add(segment.name());
        }
    }

    private static Safetensors stored(Map<String, byte[]> state) {
        return Safetensors.read(OF_MODEL, file(state, FILE));
    }

    /** Returns true if the state is of a release that wrote three files. */
    static boolean isOfBefore(Map<String, byte[]> state) {
        return state.containsKey(WEIGHTS) && !state.containsKey(FILE);
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
                Segment segment = new Segment(words[0], offset, inMemory(words[0], shape));
                segments.add(segment);
                offset = Math.addExact(offset, segment.length());
            } catch (NumberFormatException | ArithmeticException e) {
                throw new TrainingException("a line in " + LAYOUT + " of the stored model must be the name and the sizes of an"
                        + " array, such as 'conv1.weight 32 1 7', but was '" + line + "'", e);
            }
        }
        return segments;
    }

    /** Turns the sizes of Deeplearning4j's matrices, which lie column by column and were listed by rows. */
    private static List<Integer> inMemory(String name, List<Integer> shape) {
        boolean matrix = (name.endsWith(".W") || name.endsWith(".RW")) && shape.size() == 2 && !shape.contains(1);
        return matrix ? List.of(shape.get(1), shape.get(0)) : shape;
    }

    /** Checks that as many weights are stored as the network has, before it takes memory. */
    static void requireWeights(Map<String, byte[]> state, long expected) {
        if (isOfBefore(state)) {
            requireLength(WEIGHTS, file(state, WEIGHTS), expected);
            return;
        }
        byte[] file = file(state, FILE);
        if (file.length < expected * Float.BYTES) {
            throw new TrainingException(OF_MODEL + " must have at least " + expected * Float.BYTES + " bytes for the network's "
                    + expected + " weights, but has " + file.length
                    + "; it was made by another network, or with another input shape");
        }
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
