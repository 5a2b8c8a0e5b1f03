package io.github.spirabr.encoder;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.github.spirabr.core.component.InvalidSettingException;
import io.github.spirabr.core.preprocessing.PreprocessingException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A graph, opened once for all parts that use it. ONNX Runtime computes it on the calling thread, in a fixed order, so that
 * any number of threads gets the same bits. Its native memory is freed when the last part has released it. Thread-safe.
 */
final class Graph {

    /** The open graphs, by the SHA-256 of their files. */
    private static final Map<String, Graph> OPEN = new HashMap<>();

    /** A tensor of a graph: its name and sizes, -1 where a size is not fixed. */
    record Tensor(String name, long[] sizes) {

        @Override
        public String toString() {
            return "'" + name + "' " + text(sizes);
        }
    }

    /** The values of an output, in row-major order. */
    record Output(float[] values, long[] sizes) {}

    private final String name;
    private final OrtEnvironment environment;
    private final OrtSession session;
    private final Tensor input;
    private final Map<String, Tensor> outputs;
    private final ThreadLocal<FloatBuffer> buffers = ThreadLocal.withInitial(() -> direct(0));
    private final String sha256;
    /** The computations under way hold it for reading; it is closed under the other one. */
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    /** Changed under the lock of the class. */
    private int users;
    private boolean closed;

    private Graph(GraphFile file, OrtEnvironment environment, OrtSession session) throws OrtException {
        this.name = file.name();
        this.sha256 = file.sha256();
        this.environment = environment;
        this.session = session;
        this.input = input(session.getInputInfo());
        this.outputs = session.getOutputInfo().entrySet().stream()
                .filter(entry -> isFloat(entry.getValue()))
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> tensor(entry.getValue()), (a, b) -> a, TreeMap::new));
    }

    /**
     * Opens the graph of a file, or returns the one that is open already; its user releases it.
     *
     * @throws InvalidSettingException if the file is no ONNX graph with one input of 32-bit floats
     */
    static synchronized Graph open(GraphFile file) {
        Graph graph = OPEN.get(file.sha256());
        if (graph == null) {
            graph = load(file);
            OPEN.put(file.sha256(), graph);
        }
        graph.users++;
        return graph;
    }

    /** Frees the native memory if no other user is left. */
    void release() {
        synchronized (Graph.class) {
            users--;
            if (users > 0) {
                return;
            }
            OPEN.remove(sha256, this);
        }
        lock.writeLock().lock();
        try {
            closed = true;
            close(session);
        } finally {
            lock.writeLock().unlock();
        }
    }

    private static Graph load(GraphFile file) {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            environment.setTelemetry(false);
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
            options.setDeterministicCompute(true);
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            options.addConfigEntry("session.inter_op.allow_spinning", "0");
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            // Each would keep the memory of every length of input.
            options.setMemoryPatternOptimization(false);
            options.setCPUArenaAllocator(false);
            return opened(file, environment, environment.createSession(file.content().duplicate(), options));
        } catch (OrtException e) {
            throw new InvalidSettingException("file", file.name() + " must be an ONNX graph that ONNX Runtime "
                    + environment.getVersion() + " can open, with its weights in the same file, but is not: " + reason(e)
                    + "; export it again (docs/guides/encoders.md says how)");
        }
    }

    private static Graph opened(GraphFile file, OrtEnvironment environment, OrtSession session) throws OrtException {
        try {
            return new Graph(file, environment, session);
        } catch (OrtException | RuntimeException e) {
            close(session);
            throw e;
        }
    }

    private static void close(OrtSession session) {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("a session of ONNX Runtime could not be closed", e);
        }
    }

    private Tensor input(Map<String, NodeInfo> inputs) {
        if (inputs.size() != 1) {
            throw new InvalidSettingException("file", name + " must have one input, but has " + inputs.keySet()
                    + "; export it with the audio, or its features, as the only one");
        }
        NodeInfo only = inputs.values().iterator().next();
        if (!isFloat(only)) {
            throw new InvalidSettingException("file", name + " must take 32-bit floats, but its input '" + only.getName()
                    + "' is " + only.getInfo() + "; export it in single precision");
        }
        return tensor(only);
    }

    private static boolean isFloat(NodeInfo info) {
        return info.getInfo() instanceof TensorInfo tensor && tensor.type == OnnxJavaType.FLOAT;
    }

    private static Tensor tensor(NodeInfo info) {
        return new Tensor(info.getName(), ((TensorInfo) info.getInfo()).getShape());
    }

    /** Returns the name of the file. */
    String name() {
        return name;
    }

    Tensor input() {
        return input;
    }

    /**
     * Returns an output, or the only one.
     *
     * @throws InvalidSettingException if there is no such output of 32-bit floats
     */
    Tensor output(Optional<String> wanted) {
        if (wanted.isEmpty() && outputs.size() != 1) {
            throw new InvalidSettingException("output", "the output of " + name + " must be one of " + outputs.keySet()
                    + ", but none is named; set output");
        }
        @Nullable Tensor output = outputs.get(wanted.orElseGet(() -> outputs.keySet().iterator().next()));
        if (output == null) {
            throw new InvalidSettingException("output", "must be one of the outputs " + outputs.keySet() + " of " + name
                    + ", but was '" + wanted.orElseThrow() + "'");
        }
        return output;
    }

    /**
     * Computes an output.
     *
     * @throws PreprocessingException if the graph cannot be computed for this input, or gives numbers that are not finite
     */
    Output compute(float[] values, long[] sizes, Tensor output) {
        lock.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException("the encoder of " + name + " is closed; make another one");
            }
            return run(values, sizes, output);
        } finally {
            lock.readLock().unlock();
        }
    }

    private Output run(float[] values, long[] sizes, Tensor output) {
        try (OnnxTensor tensor = OnnxTensor.createTensor(environment, buffer(values), sizes);
                OrtSession.Result result = session.run(Map.of(input.name(), tensor), Set.of(output.name()))) {
            OnnxTensor computed = (OnnxTensor) result.get(0);
            FloatBuffer results = computed.getFloatBuffer();
            float[] all = new float[results.remaining()];
            results.get(all);
            for (float one : all) {
                if (!Float.isFinite(one)) {
                    throw new PreprocessingException("the output '" + output.name() + "' of " + name + " must be finite, but"
                            + " has the value " + one + " for an input of " + text(sizes)
                            + "; check the encoder's front end and rate, or export it in single precision");
                }
            }
            return new Output(all, computed.getInfo().getShape());
        } catch (OrtException e) {
            throw new PreprocessingException(name + " must compute an input of " + text(sizes) + ", but failed: "
                    + reason(e) + "; correct window, or export the encoder for this length", e);
        }
    }

    /** Returns the values outside of the heap, where native code reads them; the buffer is the calling thread's. */
    private FloatBuffer buffer(float[] values) {
        FloatBuffer buffer = buffers.get();
        if (buffer.capacity() < values.length) {
            buffer = direct(values.length);
            buffers.set(buffer);
        }
        return buffer.clear().put(values).flip();
    }

    private static FloatBuffer direct(int length) {
        return ByteBuffer.allocateDirect(Float.BYTES * length).order(ByteOrder.nativeOrder()).asFloatBuffer();
    }

    private static String reason(OrtException e) {
        return String.valueOf(e.getMessage()).strip().replaceAll("\\s+", " ");
    }

    /** Returns sizes as text, {@code ?} where one is not fixed. */
    static String text(long[] sizes) {
        return Arrays.stream(sizes).mapToObj(size -> size < 0 ? "?" : Long.toString(size))
                .collect(Collectors.joining(", ", "[", "]"));
    }
}
