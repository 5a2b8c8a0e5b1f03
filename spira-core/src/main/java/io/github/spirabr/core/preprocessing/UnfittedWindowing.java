package io.github.spirabr.core.preprocessing;

import io.github.spirabr.core.component.Component;

/**
 * Port: a windowing that must be fitted on the training recordings. The fitted values are stored with the model, as
 * settings of the windowing that {@link #fit} returns. Immutable and thread-safe.
 */
public interface UnfittedWindowing extends Component {

    /** Returns the windowing for these training recordings; depends on nothing else. */
    Windowing fit(TrainingLengths lengths);
}
