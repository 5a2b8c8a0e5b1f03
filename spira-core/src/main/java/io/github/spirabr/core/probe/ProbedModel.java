package io.github.spirabr.core.probe;

import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.dataset.DatasetSplit;
import io.github.spirabr.core.evaluation.DecisionRule;
import io.github.spirabr.core.evaluation.Evaluation;
import io.github.spirabr.core.random.RandomStreams;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What a {@link Probe} may ask of a trained model. For the thread that runs the probe. */
public interface ProbedModel {

    /** Who was on which side. */
    DatasetSplit split();

    /** How the model's answers become decisions. */
    DecisionRule decision();

    /** The decided answers to the test side. */
    Evaluation test();

    /**
     * The decided answers to the test side, each recording changed after it was read.
     *
     * @param change called on several threads
     */
    Evaluation test(WaveformChange change);

    /**
     * Does something with each waveform, on several threads.
     *
     * @param recordings of the split
     * @return the results in the recordings' order
     */
    <R> List<R> map(List<Recording> recordings, Function<Recording, R> work);

    /**
     * Trains another model with the same parts on other labels, and asks it about the test side, at a threshold of one half.
     * Takes as long as the training did.
     *
     * @param labels of recordings of the training and the validation side, by id; those that are not there keep their own
     * @param seed of all that is drawn
     * @return its answers, with the true labels
     */
    Evaluation testTrainedOn(Map<String, Label> labels, long seed);

    /** A recording of the split as it was read, before any preprocessing. */
    Waveform read(Recording recording);

    /** The run's streams. */
    RandomStreams random();

    /** A change to a recording that is to be evaluated. */
    @FunctionalInterface
    interface WaveformChange {

        /** A changed copy of the same sample rate. */
        Waveform apply(Waveform waveform, Recording recording);
    }
}
