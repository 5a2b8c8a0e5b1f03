package io.github.spirabr.core.preprocessing;

import io.github.spirabr.core.component.Component;

/**
 * Port: a windowing that must first learn something from the training recordings. What it learns is
 * stored with the model, as settings of the windowing that {@link #fit} gives. Immutable and
 * thread-safe.
 */
public interface UnfittedWindowing extends Component {

    /** The windowing for these training recordings; depends on nothing else. */
    Windowing fit(TrainingLengths lengths);
}
