package io.github.spirabr.audio.speech;

import io.github.spirabr.audio.internal.VoiceActivity;
import io.github.spirabr.audio.internal.VoiceActivity.Run;
import java.util.List;
import java.util.stream.IntStream;

/** The statistics of one window, in the order of their names. For one thread. */
final class Measurement {

    private static final double MOST_STRENGTH = 1 / (1 + 1e-5);
    private static final double RANGE_SHARE = 0.05;
    /** Blocks without any energy, such as zeros between words, are left out of the energy slope. */
    private static final double LEAST_POWER = 1e-10;

    private final float[] samples;
    private final int sampleRate;
    private final VoiceActivity activity;
    private final SpectralShape shape;
    private final PitchTrack track;
    private float[] values = new float[0];
    private int count;

    Measurement(float[] samples, int sampleRate, PitchAnalysis analysis, double minimumPause, double minimumSpeech) {
        this.samples = samples;
        this.sampleRate = sampleRate;
        this.activity = VoiceActivity.of(samples, sampleRate, minimumPause, minimumSpeech);
        this.shape = new SpectralShape(analysis.binWidth(), analysis.bins());
        this.track = analysis.track(samples, shape);
    }

    float[] values() {
        values = new float[SpeechStatistics.FEATURES];
        count = 0;
        pausesAndRate();
        int[] inSpeech = IntStream.range(0, track.frames()).filter(frame -> isSpeech(track.time(frame))).toArray();
        voice(inSpeech);
        energySlope();
        spectrum(inSpeech);
        return values;
    }

    private void put(double value) {
        values[count++] = (float) value;
    }

    private void pausesAndRate() {
        List<Run> runs = activity.runs();
        double[] pauses = IntStream.range(1, runs.size())
                .mapToDouble(i -> seconds(runs.get(i).start() - runs.get(i - 1).end()))
                .toArray();
        double phonation = seconds(runs.stream().mapToInt(Run::length).sum());
        double total = seconds(samples.length);
        put(pauses.length);
        put(Series.mean(pauses));
        put(Series.deviation(pauses));
        put(Series.quantile(pauses, 1));
        put(1 - phonation / total);
        put(phonation);
        put(total);
        put(runs.size() / total);
        put(phonation == 0 ? 0 : SyllableNuclei.count(activity.energies(), track) / phonation);
    }

    private double seconds(int length) {
        return (double) length / sampleRate;
    }

    private boolean isSpeech(double time) {
        double sample = time * sampleRate;
        return activity.runs().stream().anyMatch(run -> sample >= run.start() && sample < run.end());
    }

    private void voice(int[] inSpeech) {
        int[] voiced = IntStream.range(0, track.frames()).filter(track::isVoiced).toArray();
        double[] hertz = IntStream.of(voiced).mapToDouble(frame -> track.hertz()[frame]).toArray();
        double[] semitones = IntStream.of(voiced).mapToDouble(frame -> 12 * Math.log(track.hertz()[frame]) / Math.log(2)).toArray();
        put(Series.mean(hertz));
        put(Series.deviation(hertz));
        put(Series.quantile(semitones, 1 - RANGE_SHARE) - Series.quantile(semitones, RANGE_SHARE));
        put(Series.slope(IntStream.of(voiced).mapToDouble(track::time).toArray(), semitones));
        put(inSpeech.length == 0 ? 0 : (double) IntStream.of(inSpeech).filter(track::isVoiced).count() / inSpeech.length);
        Pulses pulses = Pulses.of(samples, sampleRate, track);
        put(100 * pulses.jitter());
        put(100 * pulses.shimmer());
        put(IntStream.of(voiced).mapToDouble(frame -> harmonicsToNoise(track.strength()[frame])).average().orElse(0));
    }

    private static double harmonicsToNoise(double strength) {
        double bounded = Math.min(MOST_STRENGTH, strength);
        return 10 * Math.log10(bounded / (1 - bounded));
    }

    private void energySlope() {
        double[] energies = activity.energies();
        int[] blocks = IntStream.range(0, energies.length)
                .filter(block -> energies[block] > LEAST_POWER && isSpeech((block + 0.5) * VoiceActivity.BLOCK_SECONDS))
                .toArray();
        put(Series.slope(IntStream.of(blocks).mapToDouble(block -> (block + 0.5) * VoiceActivity.BLOCK_SECONDS).toArray(),
                IntStream.of(blocks).mapToDouble(block -> 10 * Math.log10(energies[block])).toArray()));
    }

    private void spectrum(int[] inSpeech) {
        double[] tilts = IntStream.of(inSpeech).mapToDouble(frame -> shape.tilts()[frame]).toArray();
        double[] centroids = IntStream.of(inSpeech).mapToDouble(frame -> shape.centroids()[frame]).toArray();
        put(Series.mean(tilts));
        put(Series.deviation(tilts));
        put(Series.mean(centroids));
        put(Series.deviation(centroids));
    }
}
