package io.github.spirabr.benchmarks.storage;

import io.github.spirabr.core.dataset.PreparedDataset;
import io.github.spirabr.core.dataset.PreparedRecording;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.storage.fs.dataset.FileSystemPreparedDatasets;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Saves and loads a prepared data set, and copies and reads a file of the same size on the same disk, in
 * turn. Arguments: a folder on that disk, mebibytes (1024), pairs (3). Run it with a small heap, such as
 * {@code -Xmx128m}, to see that memory does not follow the data set.
 */
public final class PreparedDatasetBenchmark {

    private static final int FRAMES = 401;
    private static final int FEATURES = 40;
    private static final int WINDOWS = 8;
    private static final long RECORDING_BYTES = 4L * WINDOWS * FRAMES * FEATURES;
    private static final String FINGERPRINT = "0".repeat(64);

    private final Path folder;
    private final int recordings;

    private PreparedDatasetBenchmark(Path folder, int recordings) {
        this.folder = folder;
        this.recordings = recordings;
    }

    /** Runs the benchmark and prints its figures. */
    public static void main(String[] arguments) throws IOException {
        Path root = Files.createTempDirectory(Path.of(arguments.length > 0 ? arguments[0] : "."), "benchmark-");
        int mebibytes = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1024;
        int pairs = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 3;
        int recordings = Math.toIntExact((long) mebibytes * (1 << 20) / RECORDING_BYTES);
        new PreparedDatasetBenchmark(root, recordings).run(pairs);
        Files.delete(root);
    }

    private void run(int pairs) throws IOException {
        FileSystemPreparedDatasets datasets = FileSystemPreparedDatasets.at(folder.resolve("datasets"));
        Path original = folder.resolve("original");
        Path copy = folder.resolve("copy");
        double mebibytes = (double) recordings * RECORDING_BYTES / (1 << 20);
        List<double[]> seconds = new ArrayList<>();
        write(original);
        for (int pair = 0; pair < pairs; pair++) {
            long begin = System.nanoTime();
            copy(original, copy);
            long copied = System.nanoTime();
            datasets.save("benchmark", FINGERPRINT, source());
            long saved = System.nanoTime();
            read(copy);
            long read = System.nanoTime();
            load(datasets);
            long loaded = System.nanoTime();
            datasets.delete("benchmark");
            Files.delete(copy);
            seconds.add(new double[] {
                (copied - begin) / 1e9, (saved - copied) / 1e9, (read - saved) / 1e9, (loaded - read) / 1e9
            });
        }
        Files.delete(original);
        Files.delete(folder.resolve("datasets"));
        System.out.printf("%.0f MiB in %d recordings, heap of at most %d MiB%n", mebibytes, recordings,
                Runtime.getRuntime().maxMemory() >> 20);
        report("copy", mebibytes, seconds, 0);
        report("save", mebibytes, seconds, 1);
        report("read", mebibytes, seconds, 2);
        report("load", mebibytes, seconds, 3);
        System.out.printf("save / copy %.2f, load / copy %.2f, load / read %.2f (speeds, medians of pairs)%n",
                ratio(seconds, 0, 1), ratio(seconds, 0, 3), ratio(seconds, 2, 3));
    }

    /** The recordings of the data set, of which one is in memory at a time. */
    private Iterator<PreparedRecording> source() {
        return IntStream.range(0, recordings).mapToObj(PreparedDatasetBenchmark::recording).iterator();
    }

    private static PreparedRecording recording(int number) {
        float[] values = new float[FRAMES * FEATURES];
        Arrays.fill(values, number);
        FeatureMatrix window = FeatureMatrix.of(FRAMES, FEATURES, values);
        return new PreparedRecording("recording-" + number, "subject-" + number, Label.PATIENT, Map.of(),
                IntStream.range(0, WINDOWS).mapToObj(any -> window).toList());
    }

    private void write(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(RECORDING_BYTES));
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            for (int i = 0; i < recordings; i++) {
                Arrays.fill(bytes.array(), (byte) i);
                writeFully(channel, bytes.rewind());
            }
        }
    }

    /** Byte by byte through memory, as a program copies; and onto the disk, as a save does. */
    private static void copy(Path from, Path to) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocateDirect(1 << 20);
        try (FileChannel in = FileChannel.open(from);
                FileChannel out = FileChannel.open(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            while (in.read(bytes.clear()) >= 0) {
                writeFully(out, bytes.flip());
            }
            out.force(true);
        }
    }

    private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static void read(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocateDirect(1 << 20);
        try (FileChannel in = FileChannel.open(file)) {
            while (in.read(bytes.clear()) >= 0) {
                bytes.flip();
            }
        }
    }

    private void load(FileSystemPreparedDatasets datasets) {
        try (PreparedDataset dataset = datasets.open("benchmark")) {
            for (int i = 0; i < recordings; i++) {
                if (dataset.read(i).windows().get(WINDOWS - 1).value(FRAMES - 1, FEATURES - 1) != i) {
                    throw new IllegalStateException("recording " + i + " is another");
                }
            }
        }
    }

    private static void report(String what, double mebibytes, List<double[]> seconds, int column) {
        double median = median(seconds.stream().mapToDouble(each -> each[column]).toArray());
        System.out.printf("%-5s %6.2f s %7.0f MiB/s%n", what, median, mebibytes / median);
    }

    private static double ratio(List<double[]> seconds, int base, int other) {
        return median(seconds.stream().mapToDouble(each -> each[base] / each[other]).toArray());
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }
}
