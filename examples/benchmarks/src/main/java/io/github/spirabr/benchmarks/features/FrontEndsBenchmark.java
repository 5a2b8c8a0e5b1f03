package io.github.spirabr.benchmarks.features;

import io.github.spirabr.audio.features.KaldiFbank;
import io.github.spirabr.audio.features.LogMel;
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

/** Front ends of pretrained models on 20 s at 16 kHz; one thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "-XX:+UseSerialGC")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class FrontEndsBenchmark {

    private final KaldiFbank fbank = KaldiFbank.builder().melBands(80).build();
    private final LogMel logMel = LogMel.panns16kHz();
    private final Waveform waveform = BenchmarkSignal.waveform();

    /** Kaldi's features of 80 bands. */
    @Benchmark
    public FeatureMatrix fbank() {
        return fbank.extract(waveform);
    }

    /** Decibels of 64 bands, as PANNs takes them. */
    @Benchmark
    public FeatureMatrix logmel() {
        return logMel.extract(waveform);
    }
}
