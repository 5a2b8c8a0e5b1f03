package io.github.spirabr.model.internal.network;

import org.nd4j.linalg.factory.Nd4j;

/**
 * Holds ND4J's matrix products and loops to one thread, for the whole process. Several would add in
 * another order, and so give other bits on another number of threads.
 */
final class NativeThreads {

    private static boolean done;

    private NativeThreads() {}

    static synchronized void useOne() {
        if (!done) {
            Nd4j.factory().blas().setMaxThreads(1);
            Nd4j.getEnvironment().setMaxThreads(1);
            done = true;
        }
    }
}
