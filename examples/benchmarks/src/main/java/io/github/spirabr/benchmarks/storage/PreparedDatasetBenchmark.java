package io.github.spirabr.benchmarks.storage;

import io.github.spirabr.storage.fs.dataset.FileSystemPreparedDatasets;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Saves and loads a prepared data set, and copies and reads a file of the same size on the same disk, in
 * turn, after one pair that is not counted. Arguments: a folder on that disk, mebibytes (1024), pairs (4).
 * Run it with a small heap, such as {@code -Xmx128m}, to see that memory does not follow the data set.
 */
public final class PreparedDatasetBenchmark {

    private final Path folder;
    private final MadeUpDataset recordings;

    private PreparedDatasetBenchmark(Path folder, MadeUpDataset recordings) {
        this.folder = folder;
        this.recordings = recordings;
    }

    /** Runs the benchmark and prints its figures. */
    public static void main(String[] arguments) throws IOException {
        Path root = Files.createTempDirectory(Path.of(arguments.length > 0 ? arguments[0] : "."), "benchmark-");
        int mebibytes = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1024;
        int pairs = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 4;
        new PreparedDatasetBenchmark(root, MadeUpDataset.ofMebibytes(mebibytes)).run(pairs);
        Files.delete(root);
    }

    private void run(int pairs) throws IOException {
        FileSystemPreparedDatasets datasets = FileSystemPreparedDatasets.at(folder.resolve("datasets"));
        Path original = folder.resolve("original");
        Path copy = folder.resolve("copy");
        Pairs seconds = new Pairs("copy", "save", "read", "load");
        recordings.writeTo(original);
        for (int pair = -1; pair < pairs; pair++) {
            double[] plain = new double[2];
            double[] prepared = new double[2];
            for (int turn = 0; turn < 2; turn++) {
                // Who goes first meets memory that the system has just got back; so they take turns.
                if ((pair + turn) % 2 == 0) {
                    plain[0] = Pairs.seconds(() -> copy(original, copy));
                    plain[1] = Pairs.seconds(() -> read(copy));
                    Files.delete(copy);
                } else {
                    prepared[0] = Pairs.seconds(() -> recordings.saveIn(datasets));
                    prepared[1] = Pairs.seconds(() -> recordings.loadFrom(datasets));
                    datasets.delete(MadeUpDataset.NAME);
                }
            }
            if (pair >= 0) {
                seconds.add(plain[0], prepared[0], plain[1], prepared[1]);
            }
        }
        Files.delete(original);
        Files.delete(folder.resolve("datasets"));
        System.out.println(recordings);
        seconds.report(recordings.bytes());
        System.out.printf("save / copy %.2f, load / copy %.2f, load / read %.2f (speeds, medians of pairs)%n",
                seconds.ratio("copy", "save"), seconds.ratio("copy", "load"), seconds.ratio("read", "load"));
    }

    /** Byte by byte through memory, as a program copies; and onto the disk, as a save does. */
    private static void copy(Path from, Path to) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocateDirect(1 << 20);
        try (FileChannel in = FileChannel.open(from);
                FileChannel out = FileChannel.open(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            while (in.read(bytes.clear()) >= 0) {
                bytes.flip();
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
            }
            out.force(true);
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
}
