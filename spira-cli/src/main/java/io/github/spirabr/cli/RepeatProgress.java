package io.github.spirabr.cli;

import io.github.spirabr.core.evaluation.Evaluation;
import io.github.spirabr.core.evaluation.Metric;
import io.github.spirabr.core.model.TrainingEvent;
import io.github.spirabr.core.pipeline.PipelineEvent;
import io.github.spirabr.core.pipeline.PipelineListener;
import io.github.spirabr.core.pipeline.Stage;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Shows several trainings, each as a run of its own; where they run at the same time, each line names its training. */
final class RepeatProgress {

    private final PrintWriter err;
    private final ConsoleProgress shared;
    private int atATime = 1;
    /** All of them, known before the first begins. */
    private final List<String> names = new ArrayList<>();
    private final AtomicInteger ended = new AtomicInteger();
    private final AtomicInteger trained = new AtomicInteger();
    private final AtomicLong nanos = new AtomicLong();

    RepeatProgress(PrintWriter err, ConsoleProgress shared) {
        this.err = err;
        this.shared = shared;
    }

    /** Sets the number of trainings that run at the same time, before the first of them. */
    void atATime(int trainings) {
        atATime = trainings;
    }

    /** Returns the display of the next training. */
    PipelineListener next(String name) {
        names.add(name);
        return new OneTraining(names.size(), name, atATime > 1 ? ConsoleProgress.ofOne(err, name) : shared);
    }

    /** The display of one training. Its stages are details: a training is done, was done before, or goes on. */
    private final class OneTraining implements PipelineListener {

        private final int number;
        private final String name;
        private final ConsoleProgress progress;
        private long begun;
        private String metrics = "";

        private OneTraining(int number, String name, ConsoleProgress progress) {
            this.number = number;
            this.name = name;
            this.progress = progress;
        }

        @Override
        public void onPipeline(PipelineEvent event) {
            if (event instanceof PipelineEvent.Loaded) {
                begun = System.nanoTime();
                progress.line("training %d of %d: %s", number, names.size(), name);
                progress.onPipeline(event);
            } else if (event instanceof PipelineEvent.StageSkipped skipped) {
                if (skipped.stage() == Stage.PUBLISH) {
                    progress.line("training %d of %d: completed before, and found again in %s; %s", number, names.size(),
                            skipped.location(), left(ended.incrementAndGet()));
                }
            } else if (event instanceof PipelineEvent.Saved saved) {
                progress.onPipeline(saved);
                nanos.addAndGet(System.nanoTime() - begun);
                trained.incrementAndGet();
                progress.line("training %d of %d: done%s; %s", number, names.size(), metrics, left(ended.incrementAndGet()));
            } else if (!(event instanceof PipelineEvent.StageStarted || event instanceof PipelineEvent.StageCompleted)) {
                metrics = event instanceof PipelineEvent.Evaluated evaluated ? metrics(evaluated.test()) : metrics;
                progress.onPipeline(event);
            }
        }

        @Override
        public void onTraining(TrainingEvent event) {
            progress.onTraining(event);
        }
    }

    private static String metrics(Evaluation test) {
        return String.format(Locale.ROOT, ", AUROC %.3f, sensitivity %.3f, specificity %.3f",
                test.value(Metric.AUROC), test.value(Metric.SENSITIVITY), test.value(Metric.SPECIFICITY));
    }

    private String left(int done) {
        int left = names.size() - done;
        if (left == 0 || trained.get() == 0) {
            return left + " left";
        }
        long rounds = ((long) left + atATime - 1) / atATime;
        return String.format(Locale.ROOT, "%d left, about %d min", left,
                Math.max(1, Duration.ofNanos(nanos.get() / trained.get() * rounds).toMinutes()));
    }
}
