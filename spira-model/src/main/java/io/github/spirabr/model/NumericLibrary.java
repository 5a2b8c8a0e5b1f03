package io.github.spirabr.model;

import org.nd4j.linalg.factory.Nd4j;

/** The numeric library, ND4J, that networks of Deeplearning4j's layers run on. Stateless and thread-safe. */
public final class NumericLibrary {

    private NumericLibrary() {}

    /**
     * Returns the backend and the BLAS vendor, such as {@code CPU, OPENBLAS}; loads the library.
     *
     * @throws LinkageError if there is no native library for this platform
     */
    public static String describe() {
        var environment = Nd4j.getExecutioner().getEnvironmentInformation();
        return environment.get("backend") + ", " + environment.get("blas.vendor");
    }
}
