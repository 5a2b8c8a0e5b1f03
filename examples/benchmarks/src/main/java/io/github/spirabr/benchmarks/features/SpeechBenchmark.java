package io.github.spirabr.benchmarks.features;

import io.github.spirabr.audio.speech.SpeechStatistics;
import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The speech statistics of 20 s at 16 kHz; one thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "-XX:+UseSerialGC")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class SpeechBenchmark {

    private final SpeechStatistics statistics = SpeechStatistics.builder().build();
    private final Waveform waveform = BenchmarkSignal.waveform();

    /** The whole recording. */
    @Benchmark
    public FeatureMatrix statistics() {
        return statistics.extract(waveform);
    }
}
