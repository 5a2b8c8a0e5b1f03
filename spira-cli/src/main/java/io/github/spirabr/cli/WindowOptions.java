package io.github.spirabr.cli;

import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.preprocessing.SlidingWindow;
import io.github.spirabr.core.preprocessing.WindowSpan;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Option;

/** Options of commands that cut recordings into windows. */
final class WindowOptions {

    @Option(names = "--window", paramLabel = "SECONDS", description = "Length of each window.")
    private double window = 4;

    @Option(names = "--step", paramLabel = "SECONDS", description = "From one window's start to the next one's.")
    private double step = 1;

    /** Returns the windowing of these options. */
    SlidingWindow windowing() {
        return SlidingWindow.of(duration("--window", window), duration("--step", step));
    }

    static List<WindowSpan> spans(SlidingWindow windowing, Waveform waveform) {
        return windowing.windows(waveform.length(), waveform.sampleRate());
    }

    private static Duration duration(String option, double seconds) {
        if (!(seconds > 0 && seconds <= 86_400)) {
            throw new IllegalArgumentException(
                    option + " must be above 0 and at most 86400 seconds, but was " + seconds);
        }
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }
}
