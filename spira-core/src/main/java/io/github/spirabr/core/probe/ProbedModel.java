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
import java.util.Optional;
import java.util.function.Function;

/** The access of a {@link Probe} to a trained model. Used by the thread that runs the probe alone. */
public interface ProbedModel {

    /** Returns the split that the model was trained with. */
    DatasetSplit split();

    /** Returns the model's decision rule. */
    DecisionRule decision();

    /** Returns the decided answers on the test set. */
    Evaluation test();

    /**
     * Returns the decided answers on the test set, each recording changed after it was read.
     *
     * @param change called on several threads
     */
    Evaluation test(WaveformChange change);

    /**
     * Returns the decided answers on the recordings of the test subjects' rooms, in which nobody speaks; those that cannot be
     * used are left out.
     *
     * @return empty if there are none
     */
    default Optional<Evaluation> ambient() {
        return Optional.empty();
    }

    /**
     * Does something with each waveform, on several threads.
     *
     * @param recordings recordings of the split
     * @return the results in the recordings' order
     */
    <R> List<R> map(List<Recording> recordings, Function<Recording, R> work);

    /**
     * Trains another model with the same parts on other labels, and evaluates it on the test set at a threshold of one
     * half. Takes as long as the training did.
     *
     * @param labels labels of recordings of the training and the validation set, by id; recordings without an entry keep their
     *     own
     * @param seed seed of all random draws
     * @return its answers, with the true labels
     */
    Evaluation testTrainedOn(Map<String, Label> labels, long seed);

    /** Reads a recording of the split, without any preprocessing. */
    Waveform read(Recording recording);

    /** Returns the run's streams. */
    RandomStreams random();

    /** A change to a recording that is to be evaluated. */
    @FunctionalInterface
    interface WaveformChange {

        /** Returns a changed copy of the same sample rate. */
        Waveform apply(Waveform waveform, Recording recording);
    }
}
