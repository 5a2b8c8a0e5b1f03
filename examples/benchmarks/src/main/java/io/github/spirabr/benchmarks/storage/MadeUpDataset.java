package io.github.spirabr.benchmarks.storage;

import io.github.spirabr.core.dataset.PreparedDataset;
import io.github.spirabr.core.dataset.PreparedDatasetRepository;
import io.github.spirabr.core.dataset.PreparedRecording;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import io.github.spirabr.core.recording.Label;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** A prepared data set of which one recording is in memory at a time: eight windows of 401 frames of 40 features each. */
final class MadeUpDataset {

    static final String NAME = "benchmark";

    private static final int FRAMES = 401;
    private static final int FEATURES = 40;
    private static final int WINDOWS = 8;
    private static final long RECORDING_BYTES = 4L * WINDOWS * FRAMES * FEATURES;
    private static final String FINGERPRINT = "0".repeat(64);

    private final int recordings;

    private MadeUpDataset(int recordings) {
        this.recordings = recordings;
    }

    static MadeUpDataset ofMebibytes(int mebibytes) {
        return new MadeUpDataset(Math.toIntExact((long) mebibytes * (1 << 20) / RECORDING_BYTES));
    }

    long bytes() {
        return recordings * RECORDING_BYTES;
    }

    void saveIn(PreparedDatasetRepository datasets) {
        Iterator<PreparedRecording> all = IntStream.range(0, recordings).mapToObj(MadeUpDataset::recording).iterator();
        datasets.save(NAME, FINGERPRINT, all);
    }

    private static PreparedRecording recording(int number) {
        float[] values = new float[FRAMES * FEATURES];
        Arrays.fill(values, number);
        FeatureMatrix window = FeatureMatrix.of(FRAMES, FEATURES, values);
        return new PreparedRecording("recording-" + number, "subject-" + number, Label.PATIENT, Map.of(),
                IntStream.range(0, WINDOWS).mapToObj(any -> window).toList());
    }

    void loadFrom(PreparedDatasetRepository datasets) {
        try (PreparedDataset dataset = datasets.open(NAME)) {
            for (int i = 0; i < recordings; i++) {
                if (dataset.read(i).windows().get(WINDOWS - 1).value(FRAMES - 1, FEATURES - 1) != i) {
                    throw new IllegalStateException("recording " + i + " is another");
                }
            }
        }
    }

    /** A file of as many bytes. */
    void writeTo(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(RECORDING_BYTES));
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            for (int i = 0; i < recordings; i++) {
                Arrays.fill(bytes.array(), (byte) i);
                bytes.rewind();
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            }
        }
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%d MiB in %d recordings, heap of at most %d MiB", bytes() >> 20, recordings,
                Runtime.getRuntime().maxMemory() >> 20);
    }
}
