package io.github.spirabr.onnx;

import io.github.spirabr.core.model.NetworkDescription;
import io.github.spirabr.core.prediction.Predictor;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes networks in the Open Neural Network Exchange format, of operator set 13 without extensions. The graph has one
 * input, {@code features}, floats of [windows × frames × features], any number of windows, and any number of frames from a
 * least one on where the network averages over time; and one output, {@code probability}, floats of [windows]. Equal
 * networks give equal bytes. Stateless.
 */
public final class OnnxExport {

    private OnnxExport() {}

    /**
     * The network of a stored model. What comes before the network, and after it, is in the graph's metadata, see {@link
     * Predictor#description}.
     *
     * @throws OnnxExportException if the network has layers that are not known here
     */
    public static byte[] of(Predictor predictor) {
        NetworkDescription network = predictor.network().orElseThrow(() -> new OnnxExportException(
                "the network of " + predictor.version() + ", " + predictor.settings().get("model.type")
                        + ", could not be written as ONNX; those of SpiraConv can"));
        return of(network, predictor.description());
    }

    /**
     * Any network.
     *
     * @param metadata goes into the file, and changes nothing
     */
    public static byte[] of(NetworkDescription network, Map<String, String> metadata) {
        return new NetworkGraph(network).model(new TreeMap<>(metadata)).toByteArray();
    }
}
