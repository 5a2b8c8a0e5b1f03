package io.github.spirabr.core.prediction;

import java.util.Map;

/**
 * A writer of the network of a stored model in a format that other programs read. Found by {@link
 * java.util.ServiceLoader}. Implementations are safe for any number of threads, and give equal bytes for equal models.
 */
public interface NetworkExporter {

    /** Returns the name of the format, as commands have it, such as {@code onnx}. */
    String format();

    /**
     * Returns the files of a network.
     *
     * @param name the name of the file that holds the network; further files are named after it
     * @param predictor open, and left open
     * @return contents by file name, all in one folder; at least that of {@code name}
     * @throws io.github.spirabr.core.SpiraException if the format cannot hold this network
     */
    Map<String, byte[]> files(String name, Predictor predictor);
}
