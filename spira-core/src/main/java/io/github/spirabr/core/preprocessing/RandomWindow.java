package io.github.spirabr.core.preprocessing;

import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.ComponentProvider;
import io.github.spirabr.core.component.Settings;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * One random window of each recording in every epoch of training, all positions being equally likely; sliding windows
 * in evaluation and prediction. Every recording has the same weight in training, independent of its length.
 */
public final class RandomWindow implements Windowing {

    private static final String TYPE = "random-window";

    private final SlidingWindow evaluation;

    private RandomWindow(SlidingWindow evaluation) {
        this.evaluation = evaluation;
    }

    /**
     * Returns a windowing that draws one window from each recording in training, and slides in evaluation.
     *
     * @param evaluation the windows in evaluation and prediction; its length and its rule for shorter recordings apply
     *     in training as well
     */
    public static RandomWindow of(SlidingWindow evaluation) {
        return new RandomWindow(evaluation);
    }

    @Override
    public int windowLength(int sampleRate) {
        return evaluation.windowLength(sampleRate);
    }

    @Override
    public List<WindowSpan> windows(int length, int sampleRate) {
        return evaluation.windows(length, sampleRate);
    }

    @Override
    public List<WindowSpan> trainingWindows(int length, int sampleRate, RandomGenerator random) {
        int window = windowLength(sampleRate);
        SlidingWindow.refuseShort(length, window, sampleRate, evaluation.shortRecordings());
        int start = length > window ? random.nextInt(length - window + 1) : 0;
        return List.of(new WindowSpan(start, window));
    }

    @Override
    public boolean draws() {
        return true;
    }

    @Override
    public ComponentDescription description() {
        return new ComponentDescription(TYPE, evaluation.settings());
    }

    @Override
    public String toString() {
        return "RandomWindow" + evaluation.settings();
    }

    /** Registers {@code random-window} with the settings of {@link SlidingWindow.Provider}. */
    public static final class Provider extends ComponentProvider<Windowing> {

        /** Called by {@link java.util.ServiceLoader}. */
        public Provider() {
            super(Windowing.class, TYPE,
                    SlidingWindow.SETTINGS);
        }

        @Override
        protected Windowing create(Settings settings) {
            return RandomWindow.of(SlidingWindow.create(settings));
        }
    }
}
