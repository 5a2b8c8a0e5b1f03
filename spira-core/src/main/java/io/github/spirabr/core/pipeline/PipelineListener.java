package io.github.spirabr.core.pipeline;

import io.github.spirabr.core.model.TrainingEvent;
import io.github.spirabr.core.model.TrainingListener;

/** A listener to a pipeline's progress, called on the thread that runs it. */
public interface PipelineListener extends TrainingListener {

    /** Receives an event; an exception thrown here ends the run. */
    default void onPipeline(PipelineEvent event) {}

    /** Returns a listener that passes each event to this one and then to the other one. */
    default PipelineListener andThen(PipelineListener next) {
        PipelineListener first = this;
        return new PipelineListener() {
            @Override
            public void onPipeline(PipelineEvent event) {
                first.onPipeline(event);
                next.onPipeline(event);
            }

            @Override
            public void onTraining(TrainingEvent event) {
                first.onTraining(event);
                next.onTraining(event);
            }
        };
    }
}
