package io.github.spirabr.training.internal.network;

import io.github.spirabr.core.model.TrainingException;
import io.github.spirabr.core.prediction.NetworkExporter;
import io.github.spirabr.core.prediction.Predictor;
import java.util.List;
import java.util.Map;

/** Exports a network's weights as a safetensors file. Stateless. */
public final class SafetensorsExporter implements NetworkExporter {

    private static final String FORMAT = "safetensors";

    /** Called by {@link java.util.ServiceLoader}. */
    public SafetensorsExporter() {}

    @Override
    public String format() {
        return FORMAT;
    }

    @Override
    public Map<String, byte[]> files(String name, Predictor predictor) {
        Map<String, byte[]> files = predictor.networkFiles();
        List<byte[]> weights = files.entrySet().stream()
                .filter(file -> file.getKey().endsWith("." + FORMAT)).map(Map.Entry::getValue).toList();
        if (weights.size() != 1) {
            throw new TrainingException(predictor.version() + " must have one file of weights to be exported, but has "
                    + files.keySet() + "; export a network that this library trained");
        }
        return Map.of(name, weights.get(0));
    }
}
