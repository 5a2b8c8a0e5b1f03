package io.github.spirabr.benchmarks.features;

import io.github.spirabr.audio.features.Mfcc;
import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import io.github.spirabr.core.preprocessing.WindowSpan;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** 40 MFCCs of 20 s at 16 kHz, with fftSize 1200, windowLength 400 and hopLength 160; one thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "-XX:+UseSerialGC")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class MfccBenchmark {

    private final Mfcc mfcc =
            Mfcc.builder().coefficients(40).melBands(40).fftSize(1200).windowLength(400).hopLength(160).build();
    private final Waveform waveform = BenchmarkSignal.waveform();
    private final List<WindowSpan> windows = IntStream.range(0, 16)
            .mapToObj(i -> new WindowSpan(i * BenchmarkSignal.SAMPLE_RATE, 4 * BenchmarkSignal.SAMPLE_RATE))
            .toList();

    /** Sixteen windows of 4 s, one every second. */
    @Benchmark
    public List<FeatureMatrix> windows() {
        return mfcc.extract(waveform, windows);
    }

    /** The whole recording as one window. */
    @Benchmark
    public FeatureMatrix whole() {
        return mfcc.extract(waveform);
    }
}
