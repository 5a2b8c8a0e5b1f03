package io.github.spirabr.benchmarks.prediction;

import io.github.spirabr.benchmarks.training.MadeUpRecordings;
import io.github.spirabr.core.prediction.Prediction;
import io.github.spirabr.core.prediction.Predictor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A recording of 10 s, from its bytes to the answer, in a warm process. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 5)
@Measurement(iterations = 3, time = 5)
public class PredictionBenchmark {

    /** An audio file; if empty, a made-up WAV file. */
    @Param("")
    private String file;

    private Predictor predictor;
    private byte[] audio;

    /** Trains a model and opens it. */
    @Setup(Level.Trial)
    public void open() throws IOException {
        predictor = PublishedModel.open();
        audio = file.isEmpty() ? MadeUpRecordings.wav(1) : Files.readAllBytes(Path.of(file));
    }

    /** Frees the network. */
    @TearDown(Level.Trial)
    public void close() {
        predictor.close();
    }

    /** Decodes, makes features, asks the network, judges the quality. */
    @Benchmark
    public Prediction answer() {
        return predictor.predict("recording", audio);
    }
}
