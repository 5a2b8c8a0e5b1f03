package io.github.spirabr.pytorch.internal;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * PyTorch in this process. It is loaded once, from jars alone: DJL copies the native libraries into its folder, {@code
 * ~/.djl.ai} or the value of {@code ENGINE_CACHE_DIR}, and downloads nothing.
 */
final class Pytorch {

    /** Held by each pass: PyTorch's generator, and DJL's collector of gradients, exist once in a process. */
    static final Object LOCK = new Object();

    /** True when the process ends; guarded by the lock. */
    private static boolean ending;

    private Pytorch() {}

    /**
     * Returns the engine, and loads it at the first call.
     *
     * @throws IllegalStateException if it does not load, at each call
     */
    static Engine engine() {
        Loaded loaded = Holder.LOADED;
        if (loaded.engine() == null) {
            throw new IllegalStateException("PyTorch must load from the jars of pytorch-engine, pytorch-jni and"
                    + " pytorch-native-cpu (of this platform), but did not: " + loaded.failure()
                    + "; put these jars on the class path, or name a writable folder in ENGINE_CACHE_DIR", loaded.failure());
        }
        return loaded.engine();
    }

    /** The engine, or the reason why there is none. */
    private record Loaded(@Nullable Engine engine, @Nullable Throwable failure) {}

    /** In a class of its own, so that it is loaded at the first use. */
    private static final class Holder {

        static final Loaded LOADED = load();

        private static Loaded load() {
            System.setProperty("ai.djl.offline", "true");
            System.setProperty("OPT_OUT_TRACKING", "true");
            try {
                Engine engine = Engine.getEngine("PyTorch");
                Runtime.getRuntime().addShutdownHook(new Thread(Pytorch::end, "end of PyTorch"));
                return new Loaded(engine, null);
            } catch (RuntimeException | LinkageError e) {
                return new Loaded(null, e);
            }
        }
    }

    /** Waits for the pass that runs: PyTorch's own end, which comes next, would take from it what it still needs. */
    private static void end() {
        synchronized (LOCK) {
            ending = true;
        }
    }

    /** Checks, under the lock, that a pass may begin. */
    static void requireRunning() {
        if (ending) {
            throw new IllegalStateException("passes of PyTorch must begin before the process ends, but one began later;"
                    + " end training and predictions first");
        }
    }

    /**
     * Returns the device of a name.
     *
     * @param name {@code auto}, {@code cpu} or {@code cuda}
     * @throws IllegalArgumentException if it is {@code cuda} and there is none
     */
    static Device device(String name) {
        if (name.equals("cpu")) {
            return Device.cpu();
        }
        boolean cuda = engine().getGpuCount() > 0;
        if (name.equals("cuda") && !cuda) {
            throw new IllegalArgumentException("device must be auto or cpu where PyTorch finds no CUDA device, but was cuda;"
                    + " change it, or put pytorch-native-cu128 of DJL on the class path in place of pytorch-native-cpu");
        }
        return cuda ? Device.gpu(0) : Device.cpu();
    }

    /** Runs a computation without gradients. */
    static <T> T withoutGradients(Supplier<T> computation) {
        boolean before = JniUtils.isGradMode();
        JniUtils.setGradMode(false);
        try {
            return computation.get();
        } finally {
            JniUtils.setGradMode(before);
        }
    }

    /** Sets the number of threads of later passes of this thread. */
    static void threads(int count) {
        if (JniUtils.getNumThreads() != count) {
            JniUtils.setNumThreads(count);
        }
    }
}
