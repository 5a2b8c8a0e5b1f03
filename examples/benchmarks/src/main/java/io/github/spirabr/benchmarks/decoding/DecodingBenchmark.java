package io.github.spirabr.benchmarks.decoding;

import io.github.spirabr.audio.decode.FfmpegAudioReader;
import io.github.spirabr.core.audio.AudioReader;
import io.github.spirabr.storage.fs.manifest.FileAudioSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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

/**
 * All files of a folder, decoded to 16 kHz, mono; one thread. Nothing is warmed up: the first pass begins with a fresh
 * process, and loads FFmpeg's libraries.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "-XX:+UseSerialGC")
@Measurement(iterations = 5)
public class DecodingBenchmark {

    /** The folder; relative to where the benchmark is started. */
    @Param("examples/demo/audio")
    public String folder = "";

    private List<Path> files = List.of();

    /** Lists the folder. */
    @Setup(Level.Trial)
    public void list() throws IOException {
        try (Stream<Path> entries = Files.list(Path.of(folder))) {
            files = entries.filter(Files::isRegularFile).sorted().toList();
        }
        if (files.isEmpty()) {
            throw new IllegalArgumentException("there are no files in " + folder + "; name another with -p folder=...");
        }
    }

    /** Gives the number of samples. */
    @Benchmark
    public long decode() {
        AudioReader reader = FfmpegAudioReader.builder().sampleRate(16_000).build();
        long samples = 0;
        for (Path file : files) {
            samples += reader.read(file.toString(), FileAudioSource.of(file)).length();
        }
        return samples;
    }
}
