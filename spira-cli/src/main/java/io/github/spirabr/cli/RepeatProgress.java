package io.github.spirabr.cli;

import io.github.spirabr.core.pipeline.PipelineEvent;
import io.github.spirabr.core.pipeline.PipelineListener;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Shows several trainings, each as a run of its own; where they run at the same time, each line names its training. */
final class RepeatProgress {

    private final PrintWriter err;
    private final ConsoleProgress shared;
    private final boolean together;
    /** All of them, known before the first begins. */
    private final List<String> names = new ArrayList<>();

    RepeatProgress(PrintWriter err, ConsoleProgress shared, boolean together) {
        this.err = err;
        this.shared = shared;
        this.together = together;
    }

    /** Returns what shows the next training. */
    PipelineListener next(String name) {
        names.add(name);
        int number = names.size();
        ConsoleProgress progress = together ? ConsoleProgress.ofOne(err, name) : shared;
        PipelineListener begin = new PipelineListener() {
            @Override
            public void onPipeline(PipelineEvent event) {
                if (event instanceof PipelineEvent.Loaded) {
                    progress.line("training %d of %d: %s", number, names.size(), name);
                }
            }
        };
        return begin.andThen(progress);
    }
}
