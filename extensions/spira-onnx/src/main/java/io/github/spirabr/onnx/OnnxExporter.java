package io.github.spirabr.onnx;

import io.github.spirabr.core.prediction.NetworkExporter;
import io.github.spirabr.core.prediction.Predictor;
import java.util.Map;

/** {@link OnnxExport} as the command line finds it. */
public final class OnnxExporter implements NetworkExporter {

    /** Called by {@link java.util.ServiceLoader}. */
    public OnnxExporter() {}

    @Override
    public String format() {
        return "onnx";
    }

    @Override
    public Map<String, byte[]> files(String name, Predictor predictor) {
        return Map.of(name, OnnxExport.of(predictor));
    }
}
