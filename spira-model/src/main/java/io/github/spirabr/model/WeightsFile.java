package io.github.spirabr.model;

import io.github.spirabr.core.training.TrainingException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;

/** A network's weights as 32-bit floats, little-endian, in the order of the layers, and nothing else. */
final class WeightsFile {

    private static final String NAME = "weights.f32";

    private WeightsFile() {}

    static Map<String, byte[]> write(float[] weights) {
        ByteBuffer bytes = ByteBuffer.allocate(weights.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(weights);
        return Map.of(NAME, bytes.array());
    }

    static float[] read(Map<String, byte[]> state, int expected) {
        byte[] bytes = state.get(NAME);
        if (bytes == null) {
            throw new TrainingException("the stored model has no file " + NAME + "; it has " + state.keySet());
        }
        if (bytes.length != (long) expected * Float.BYTES) {
            throw new TrainingException(NAME + " of the stored model has " + bytes.length + " bytes, but the network's "
                    + expected + " weights take " + (long) expected * Float.BYTES
                    + "; it was made by another network, or with another input shape");
        }
        float[] weights = new float[expected];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(weights);
        for (int i = 0; i < expected; i++) {
            if (!Float.isFinite(weights[i])) {
                throw new TrainingException("weight " + i + " in " + NAME + " of the stored model is " + weights[i]);
            }
        }
        return weights;
    }
}
