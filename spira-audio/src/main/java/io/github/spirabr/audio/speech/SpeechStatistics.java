package io.github.spirabr.audio.speech;

import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.ComponentProvider;
import io.github.spirabr.core.component.InvalidSettingException;
import io.github.spirabr.core.component.Setting;
import io.github.spirabr.core.component.Settings;
import io.github.spirabr.core.preprocessing.FeatureExtractor;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Measures of speech that phoneticians name, one vector [1 × 22] for each window. Pauses belong to whole recordings: use the
 * window {@code whole-recording}, as in a window of a few seconds the silence at its edges is no pause.
 *
 * <p>Pauses and rate. Runs of speech are found by energy, see the table below; a pause is the silence between two runs, at least
 * {@code minimumPause} long, so that silence before the first run and after the last one is none.
 * <ol>
 *   <li>{@code pauses}: their number;
 *   <li>{@code mean pause (s)}, {@code pause deviation (s)}, {@code longest pause (s)}: mean, standard deviation and maximum of
 *       their lengths;
 *   <li>{@code silence share}: 1 - phonation time / total time, in [0, 1];
 *   <li>{@code phonation time (s)}: the length of all runs of speech; {@code total time (s)}: that of the window;
 *   <li>{@code speech runs (1/s)}: number of runs over total time;
 *   <li>{@code articulation rate (syllables/s)}: syllable nuclei over phonation time. A nucleus is a voiced peak of the level,
 *       smoothed over 64 ms, at most 25 dB below its 99th percentile and parted from the one before by a dip of 2 dB or more
 *       (N. H. de Jong and T. Wempe, "Praat script to detect syllable nuclei and measure speech rate automatically", 2009).
 * </ol>
 *
 * <p>Voice. The fundamental frequency F0 is that of Praat's "To Pitch (ac)" with its usual costs (P. Boersma, "Accurate
 * short-term analysis of the fundamental frequency and the harmonics-to-noise ratio of a sampled sound", 1993): every
 * 0.75 / pitchFloor seconds the normalised autocorrelation of three of the longest periods, its maxima interpolated by a windowed
 * sinc, and the cheapest path through them.
 * <ol>
 *   <li>{@code F0 mean (Hz)} and {@code F0 deviation (Hz)} over voiced frames; {@code F0 range (semitones)}: from their 5th to
 *       their 95th percentile; {@code F0 slope (semitones/s)}: of the least-squares line through them;
 *   <li>{@code voiced share}: share of the frames within runs of speech that are voiced, in [0, 1];
 *   <li>{@code jitter (%)}, {@code shimmer (%)}: Praat's "jitter (local)" and "shimmer (local)", the mean difference of neighbouring
 *       periods, or of their amplitudes, over the mean; the periods lie between the pulses of "To PointProcess (cc)";
 *   <li>{@code HNR (dB)}: harmonics-to-noise ratio, the mean over voiced frames of 10 log10(r / (1 - r)) with the normalised
 *       autocorrelation r at the period, at most 50 dB.
 * </ol>
 *
 * <p>Level and spectrum, over the frames within runs of speech.
 * <ol>
 *   <li>{@code energy slope (dB/s)}: slope of the least-squares line through the levels of blocks of 5 ms;
 *   <li>{@code spectral tilt (dB/octave)}, {@code spectral tilt deviation (dB/octave)}: of the slope of the level over frequency, in
 *       third octaves from 100 Hz to 5000 Hz or to half the sample rate;
 *   <li>{@code spectral centroid (Hz)}, {@code spectral centroid deviation (Hz)}: of the mean frequency, weighted with power.
 * </ol>
 *
 * <p>All values are finite. What there is nothing to measure for is 0: the lengths of no pauses, F0, jitter, shimmer and HNR
 * without voice, slopes of a single frame, everything but the times of a window without speech. A window shorter than three of
 * the longest periods (40 ms at the usual floor) has no voice and no spectrum. Standard deviations divide by n - 1. A gain
 * changes nothing but rounding while speech stays above -75 dB of full scale.
 *
 * <p>Detection of speech, by energy alone:
 * <ul>
 *   <li>levels: mean squares of frames of 20 ms, every 5 ms; S is their 95th percentile, N(t) the noise floor, which is the 5th
 *       percentile of audible levels within 2.5 s;
 *   <li>a frame is speech if its level exceeds N(t) + 7 dB, which is taken to lie between S - 35 dB and S - 12 dB; one frame of a
 *       run must exceed it by 3 dB more;
 *   <li>hangover: gaps of up to 60 ms do not end a run; runs shorter than {@code minimumSpeech} are silence, and after that
 *       gaps shorter than {@code minimumPause} are speech;
 *   <li>from a signal-to-noise ratio of 20 dB on, edges are within 10 ms of the truth where speech begins and ends abruptly.
 * </ul>
 *
 * <p>Immutable and safe for any number of threads.
 */
public final class SpeechStatistics implements FeatureExtractor {

    private static final String TYPE = "speech-statistics";
    private static final List<String> NAMES = List.of(
            "pauses", "mean pause (s)", "pause deviation (s)", "longest pause (s)", "silence share",
            "phonation time (s)", "total time (s)", "speech runs (1/s)", "articulation rate (syllables/s)",
            "F0 mean (Hz)", "F0 deviation (Hz)", "F0 range (semitones)", "F0 slope (semitones/s)", "voiced share",
            "jitter (%)", "shimmer (%)", "HNR (dB)", "energy slope (dB/s)",
            "spectral tilt (dB/octave)", "spectral tilt deviation (dB/octave)",
            "spectral centroid (Hz)", "spectral centroid deviation (Hz)");
    static final int FEATURES = NAMES.size();
    private static final Setting PITCH_FLOOR =
            Setting.number("pitchFloor", "Lowest pitch.").between(30, 1000).unit("Hz").byDefault(75);
    private static final Setting PITCH_CEILING =
            Setting.number("pitchCeiling", "Highest pitch, above pitchFloor; half the sample rate if that is lower.")
                    .between(31, 2000).unit("Hz").byDefault(600);
    private static final Setting MINIMUM_PAUSE =
            Setting.seconds("minimumPause", "Shortest silence that parts two runs of speech.").between(0.07, 5).byDefault(0.2);
    private static final Setting MINIMUM_SPEECH =
            Setting.seconds("minimumSpeech", "Shortest sound that is speech.").between(0.02, 2).byDefault(0.1);

    private final double pitchFloor;
    private final double pitchCeiling;
    private final double minimumPause;
    private final double minimumSpeech;
    private final Map<Integer, PitchAnalysis> analyses = new ConcurrentHashMap<>();

    private SpeechStatistics(Builder builder) {
        this.pitchFloor = PITCH_FLOOR.check(builder.pitchFloor);
        this.pitchCeiling = PITCH_CEILING.check(builder.pitchCeiling);
        this.minimumPause = MINIMUM_PAUSE.check(builder.minimumPause);
        this.minimumSpeech = MINIMUM_SPEECH.check(builder.minimumSpeech);
        if (pitchCeiling <= pitchFloor) {
            throw new InvalidSettingException(PITCH_CEILING.name(), String.format(Locale.ROOT,
                    "must be above pitchFloor (%.0f Hz), but was %.0f Hz; raise it or lower pitchFloor", pitchFloor, pitchCeiling));
        }
    }

    /** Returns a builder with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns a builder with the settings of this extractor. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.pitchFloor = pitchFloor;
        builder.pitchCeiling = pitchCeiling;
        builder.minimumPause = minimumPause;
        builder.minimumSpeech = minimumSpeech;
        return builder;
    }

    @Override
    public int features() {
        return NAMES.size();
    }

    @Override
    public List<String> featureNames() {
        return NAMES;
    }

    @Override
    public int frames(int samples) {
        return 1;
    }

    @Override
    public FeatureMatrix extract(Waveform waveform) {
        int rate = waveform.sampleRate();
        PitchAnalysis analysis =
                analyses.computeIfAbsent(rate, any -> new PitchAnalysis(any, pitchFloor, pitchCeiling));
        float[] values = new Measurement(waveform.toArray(), rate, analysis, minimumPause, minimumSpeech).values();
        return FeatureMatrix.of(1, values.length, values);
    }

    @Override
    public ComponentDescription description() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put(PITCH_FLOOR.name(), pitchFloor);
        settings.put(PITCH_CEILING.name(), pitchCeiling);
        settings.put(MINIMUM_PAUSE.name(), minimumPause);
        settings.put(MINIMUM_SPEECH.name(), minimumSpeech);
        return new ComponentDescription(TYPE, settings);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SpeechStatistics that && description().equals(that.description());
    }

    @Override
    public int hashCode() {
        return description().hashCode();
    }

    @Override
    public String toString() {
        return "SpeechStatistics" + description().settings();
    }

    /** Settings of {@link SpeechStatistics}; checked together by {@link #build}. Not thread-safe. */
    public static final class Builder {

        private double pitchFloor = 75;
        private double pitchCeiling = 600;
        private double minimumPause = 0.2;
        private double minimumSpeech = 0.1;

        private Builder() {}

        /** Sets the lowest pitch, in hertz: 30 to 1000; by default 75. Three of its periods are the length of a frame. */
        public Builder pitchFloor(double hertz) {
            this.pitchFloor = hertz;
            return this;
        }

        /** Sets the highest pitch, in hertz: above the lowest one, at most 2000; by default 600. */
        public Builder pitchCeiling(double hertz) {
            this.pitchCeiling = hertz;
            return this;
        }

        /** Sets the length from which silence is a pause: 70 ms to 5 s; by default 200 ms. */
        public Builder minimumPause(Duration length) {
            this.minimumPause = length.toNanos() / 1e9;
            return this;
        }

        /** Sets the length from which sound is speech: 20 ms to 2 s; by default 100 ms. */
        public Builder minimumSpeech(Duration length) {
            this.minimumSpeech = length.toNanos() / 1e9;
            return this;
        }

        /**
         * Returns the extractor.
         *
         * @throws IllegalArgumentException if a setting is out of its range; the message names it
         */
        public SpeechStatistics build() {
            return new SpeechStatistics(this);
        }
    }

    /** Registers {@code speech-statistics}; the settings and their defaults are those of the {@link Builder}, times in seconds. */
    public static final class Provider extends ComponentProvider<FeatureExtractor> {

        /** Called by {@link java.util.ServiceLoader}. */
        public Provider() {
            super(FeatureExtractor.class, TYPE, PITCH_FLOOR, PITCH_CEILING, MINIMUM_PAUSE, MINIMUM_SPEECH);
        }

        @Override
        protected FeatureExtractor create(Settings settings) {
            return builder()
                    .pitchFloor(settings.number(PITCH_FLOOR.name()))
                    .pitchCeiling(settings.number(PITCH_CEILING.name()))
                    .minimumPause(settings.seconds(MINIMUM_PAUSE.name()))
                    .minimumSpeech(settings.seconds(MINIMUM_SPEECH.name()))
                    .build();
        }
    }
}
