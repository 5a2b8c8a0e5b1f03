package io.github.spirabr.audio.transform;

import io.github.spirabr.audio.internal.VoiceActivity;
import io.github.spirabr.audio.internal.VoiceActivity.Run;
import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.ComponentProvider;
import io.github.spirabr.core.component.Setting;
import io.github.spirabr.core.component.Settings;
import io.github.spirabr.core.preprocessing.WaveformTransform;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The removal of silence: {@code trim-silence} cuts off what lies before the first and after the last run of speech, and {@code
 * speech-only} keeps the runs of speech alone and puts them together. A margin on either side of speech stays. Speech is found by
 * its energy, with a noise floor that follows the recording, as by {@link io.github.spirabr.audio.speech.SpeechStatistics}; a
 * sound of less than 100 ms is no speech. A recording without speech passes unchanged.
 *
 * <p>In many diseases pauses are the signal: their number and length predicted respiratory insufficiency. {@code speech-only}
 * destroys them, and must not be used where the model, or {@code speech-statistics}, is to measure pauses, the share of silence
 * or the rate of speech. It shows what a model knows without pauses. {@code trim-silence} keeps the pauses, and removes what
 * depends on when somebody pressed a button; where the time until the first word matters, it must not be used either. Immutable and
 * thread-safe.
 */
public final class SilenceRemoval implements WaveformTransform {

    private static final String TRIM = "trim-silence";
    private static final String SPEECH_ONLY = "speech-only";
    private static final double LEAST_SPEECH = 0.1;
    private static final double USUAL_PAUSE = 0.2;
    private static final Setting MARGIN =
            Setting.seconds("margin", "Silence that stays on either side of speech.").between(0, 5).byDefault(0.05);
    private static final Setting MINIMUM_PAUSE = Setting.seconds("minimumPause",
            "Shortest silence between two runs of speech that is removed.").between(0.07, 5).byDefault(USUAL_PAUSE);

    private final String type;
    private final double margin;
    private final double minimumPause;

    private SilenceRemoval(String type, double margin, double minimumPause) {
        this.type = type;
        this.margin = MARGIN.check(margin);
        this.minimumPause = MINIMUM_PAUSE.check(minimumPause);
    }

    /**
     * Returns a transform that removes silence at both ends and keeps pauses.
     *
     * @param margin silence that stays on either side: 0 to 5 s
     */
    public static SilenceRemoval atEnds(Duration margin) {
        return new SilenceRemoval(TRIM, seconds(margin), USUAL_PAUSE);
    }

    /**
     * Returns a transform that removes silence at both ends and all pauses.
     *
     * @param margin silence that stays on either side of each run of speech: 0 to 5 s
     * @param minimumPause length from which silence between two runs is removed: 70 ms to 5 s
     */
    public static SilenceRemoval everywhere(Duration margin, Duration minimumPause) {
        return new SilenceRemoval(SPEECH_ONLY, seconds(margin), seconds(minimumPause));
    }

    private static double seconds(Duration length) {
        return length.toNanos() / 1e9;
    }

    @Override
    public Waveform apply(Waveform waveform) {
        float[] samples = waveform.toArray();
        int rate = waveform.sampleRate();
        List<Run> runs = VoiceActivity.of(samples, rate, minimumPause, LEAST_SPEECH).runs();
        if (runs.isEmpty()) {
            return waveform;
        }
        if (type.equals(TRIM)) {
            runs = List.of(new Run(runs.get(0).start(), runs.get(runs.size() - 1).end()));
        }
        int around = (int) Math.round(margin * rate);
        float[] kept = new float[samples.length];
        int count = 0;
        int done = 0;
        for (Run run : runs) {
            int start = Math.max(done, run.start() - around);
            done = Math.min(samples.length, run.end() + around);
            System.arraycopy(samples, start, kept, count, done - start);
            count += done - start;
        }
        return Waveform.of(Arrays.copyOf(kept, count), rate);
    }

    @Override
    public ComponentDescription description() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put(MARGIN.name(), margin);
        if (type.equals(SPEECH_ONLY)) {
            settings.put(MINIMUM_PAUSE.name(), minimumPause);
        }
        return new ComponentDescription(type, settings);
    }

    @Override
    public String toString() {
        return type + description().settings();
    }

    /** Registers {@code trim-silence}: where wanted {@code margin} (0.05 s). */
    public static final class TrimProvider extends ComponentProvider<WaveformTransform> {

        /** Called by {@link java.util.ServiceLoader}. */
        public TrimProvider() {
            super(WaveformTransform.class, TRIM, MARGIN);
        }

        @Override
        protected WaveformTransform create(Settings settings) {
            return atEnds(settings.seconds(MARGIN.name()));
        }
    }

    /** Registers {@code speech-only}: where wanted {@code margin} (0.05 s) and {@code minimumPause} (0.2 s). */
    public static final class SpeechOnlyProvider extends ComponentProvider<WaveformTransform> {

        /** Called by {@link java.util.ServiceLoader}. */
        public SpeechOnlyProvider() {
            super(WaveformTransform.class, SPEECH_ONLY, MARGIN, MINIMUM_PAUSE);
        }

        @Override
        protected WaveformTransform create(Settings settings) {
            return everywhere(settings.seconds(MARGIN.name()), settings.seconds(MINIMUM_PAUSE.name()));
        }
    }
}
