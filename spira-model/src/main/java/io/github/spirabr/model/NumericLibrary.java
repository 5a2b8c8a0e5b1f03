package io.github.spirabr.model;

import org.nd4j.linalg.factory.Nd4j;

/** What is known of the ND4J that networks run on. Stateless and thread-safe. */
public final class NumericLibrary {

    private NumericLibrary() {}

    /**
     * Its backend and the vendor of its matrix products, such as {@code CPU, OPENBLAS}; loads it.
     *
     * @throws LinkageError if there is none for this platform
     */
    public static String describe() {
        var environment = Nd4j.getExecutioner().getEnvironmentInformation();
        return environment.get("backend") + ", " + environment.get("blas.vendor");
    }
}
