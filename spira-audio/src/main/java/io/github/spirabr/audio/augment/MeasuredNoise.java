package io.github.spirabr.audio.augment;

import io.github.spirabr.core.audio.AudioException;
import io.github.spirabr.core.audio.AudioReader;
import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.preprocessing.PreprocessingException;
import io.github.spirabr.core.recording.AudioSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The level of the noise in some recordings, measured on stretches where nobody speaks, by which the amplitudes of {@link
 * NoiseInsertion} are chosen. Immutable and thread-safe.
 */
public final class MeasuredNoise {

    /**
     * A stretch of a file that holds nothing but noise.
     *
     * @param source the file
     * @param from where it begins, 0 s or later
     * @param to where it ends, after its beginning and within the file
     */
    public record Stretch(AudioSource source, Duration from, Duration to) {

        /** Refuses a stretch that begins before the file or does not end after its beginning. */
        public Stretch {
            if (from.isNegative() || to.compareTo(from) <= 0) {
                throw new IllegalArgumentException("a stretch of " + source.name()
                        + " begins at 0 s or later and ends after that, but was from " + seconds(from) + " s to "
                        + seconds(to) + " s");
            }
        }
    }

    /**
     * The level of one stretch, in linear amplitudes.
     *
     * @param stretch what was measured
     * @param peak the greatest magnitude
     * @param rms the root of the mean square
     */
    public record Level(Stretch stretch, double peak, double rms) {}

    /**
     * Amplitudes from the least to the greatest.
     *
     * @param min linear
     * @param max linear
     */
    public record AmplitudeRange(double min, double max) {}

    private final List<Level> levels;

    private MeasuredNoise(List<Level> levels) {
        this.levels = List.copyOf(levels);
    }

    /**
     * Measures all stretches. Each file is read once; its samples are those that the reader gives.
     *
     * @param stretches at least one
     * @throws PreprocessingException if files cannot be read or stretches reach past their file's end; names them all
     */
    public static MeasuredNoise measure(AudioReader reader, List<Stretch> stretches) {
        if (stretches.isEmpty()) {
            throw new IllegalArgumentException("noise levels need at least one stretch");
        }
        Map<String, List<Stretch>> files = new LinkedHashMap<>();
        stretches.forEach(stretch ->
                files.computeIfAbsent(stretch.source().name(), file -> new ArrayList<>()).add(stretch));
        List<Level> levels = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        files.forEach((file, ofFile) -> {
            try {
                Waveform waveform = reader.read(file, ofFile.get(0).source());
                for (Stretch stretch : ofFile) {
                    measure(waveform, stretch, levels, faults);
                }
            } catch (AudioException e) {
                faults.add(e.getMessage());
            }
        });
        if (!faults.isEmpty()) {
            throw new PreprocessingException("noise levels cannot be measured:\n  " + String.join("\n  ", faults));
        }
        return new MeasuredNoise(levels);
    }

    private static void measure(Waveform waveform, Stretch stretch, List<Level> levels, List<String> faults) {
        int from = index(stretch.from(), waveform);
        int to = index(stretch.to(), waveform);
        if (to > waveform.length() || from >= to) {
            faults.add("the stretch of " + stretch.source().name() + " from " + seconds(stretch.from()) + " s to "
                    + seconds(stretch.to()) + " s holds no sample of the file or ends after it, at "
                    + seconds(waveform.duration()) + " s");
            return;
        }
        float[] samples = new float[to - from];
        waveform.copyTo(from, samples, 0, samples.length);
        levels.add(new Level(stretch, Levels.peak(samples), Math.sqrt(Levels.power(samples))));
    }

    private static int index(Duration time, Waveform waveform) {
        return (int) Math.min(Integer.MAX_VALUE, Math.round(seconds(time) * waveform.sampleRate()));
    }

    private static double seconds(Duration time) {
        return time.getSeconds() + time.getNano() / 1e9;
    }

    /** Returns the level of each stretch, grouped by file. */
    public List<Level> levels() {
        return levels;
    }

    /**
     * Returns the range that the published configurations were meant to hold: of each file the greatest peak of its stretches,
     * and of these the least and the greatest. (The published script forgot all but the last stretch of a file, and
     * looked at positive samples only.)
     */
    public AmplitudeRange amplitudeRange() {
        Map<String, Double> peaks = new LinkedHashMap<>();
        levels.forEach(level -> peaks.merge(level.stretch().source().name(), level.peak(), Math::max));
        return new AmplitudeRange(
                peaks.values().stream().mapToDouble(Double::doubleValue).min().orElseThrow(),
                peaks.values().stream().mapToDouble(Double::doubleValue).max().orElseThrow());
    }
}
