package io.github.spirabr.core.pipeline;

import io.github.spirabr.core.model.TrainingListener;

/** Hears of a pipeline's progress, on the thread that runs it. */
public interface PipelineListener extends TrainingListener {

    /** Something happened; what this throws ends the run. */
    default void onPipeline(PipelineEvent event) {}
}
