package io.github.spirabr.core.pipeline;

import io.github.spirabr.core.SpiraException;
import io.github.spirabr.core.dataset.Dataset;
import io.github.spirabr.core.dataset.DatasetSplit;
import io.github.spirabr.core.model.EpochSummary;
import io.github.spirabr.core.model.TrainingEvent;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * A log of a run's events. Every line begins with the run's id, the first digits of its identity, which is also found
 * under {@code run} in the diagnostic context of the run's thread, for the log lines of other parts. Used by one
 * thread.
 */
final class RunLog implements AutoCloseable {

    static final String KEY = "run";

    private static final Logger LOG = LoggerFactory.getLogger(TrainingPipeline.class);
    private static final int ID_LENGTH = 12;

    private final String id;
    private final boolean quiet;
    private final @Nullable String around;
    private boolean done;

    /**
     * Opens the log of a run.
     *
     * @param identity the run's identity, which depends on its settings, recordings and library
     * @param quiet whether the run only reads earlier outcomes
     */
    RunLog(String identity, boolean quiet) {
        this.id = identity.substring(0, Math.min(ID_LENGTH, identity.length()));
        this.quiet = quiet;
        this.around = MDC.get(KEY);
        MDC.put(KEY, id);
    }

    /** Warns that a part of the work store is damaged and is computed again. */
    static void computedAgain(SpiraException damage) {
        LOG.warn("run {}: a part of the work store is damaged and is computed again: {}", MDC.get(KEY), damage.getMessage());
    }

    static void withoutBaseline(String features) {
        LOG.info("run {}: there is no baseline, as no feature extractor is called {}; put spira-audio on the class path",
                MDC.get(KEY), features);
    }

    void started(Dataset dataset, DatasetSplit split, Set<Stage> stages) {
        if (!quiet) {
            LOG.info("run {}: starts {} on {} recordings of {} subjects in {}", id, stages, dataset.recordings().size(),
                    dataset.subjects().size(), dataset.name());
            if (!dataset.likelySubjectColumns().isEmpty()) {
                LOG.warn("run {}: each recording counts as a subject of its own, but column {} may name the speakers", id,
                        String.join(", ", dataset.likelySubjectColumns()));
            }
            if (!dataset.ambient().isEmpty()) {
                LOG.info("run {}: {} ambient recordings are in no set", id, dataset.ambient().size());
            }
            LOG.info("run {}: {} recordings for training, {} for validation, {} for test", id,
                    split.training().recordings().size(), split.validation().recordings().size(),
                    split.test().recordings().size());
        }
    }

    void done() {
        done = true;
    }

    void write(PipelineEvent event) {
        if (event instanceof PipelineEvent.StageStarted started) {
            LOG.info("run {}: stage {} starts", id, started.stage());
        } else if (event instanceof PipelineEvent.StageSkipped skipped) {
            LOG.info("run {}: stage {} has nothing to do, its outcome is in {}", id, skipped.stage(), skipped.location());
        } else if (event instanceof PipelineEvent.StageCompleted completed) {
            LOG.info("run {}: stage {} is done, its outcome is in {}", id, completed.stage(), completed.location());
        } else if (event instanceof PipelineEvent.Rejected rejected) {
            LOG.warn("run {}: {} recordings are unusable and left out", id, rejected.recordings().size());
            rejected.recordings().forEach(one -> LOG.debug("run {}: left out, {}: {}", id, one.reason(), one.detail()));
        } else if (event instanceof PipelineEvent.Evaluated evaluated) {
            LOG.info("run {}: accuracy {} on {} recordings not seen in training", id,
                    evaluated.test().confusionMatrix().accuracy(), evaluated.test().confusionMatrix().total());
        } else if (event instanceof PipelineEvent.Saved saved) {
            LOG.info("run {}: saved {} in {}", id, saved.version(), saved.location());
        }
    }

    void write(TrainingEvent event) {
        if (event instanceof TrainingEvent.Started started) {
            LOG.info("run {}: training of {} parameters starts, {} epochs of {} steps", id, started.parameters(),
                    started.epochs(), started.stepsPerEpoch());
        } else if (event instanceof TrainingEvent.Resumed resumed) {
            LOG.info("run {}: training goes on in epoch {}, after {} steps", id, resumed.epoch(), resumed.step());
            resumed.damaged().forEach(one -> LOG.warn("run {}: {}", id, one));
        } else if (event instanceof TrainingEvent.EpochCompleted completed) {
            EpochSummary epoch = completed.summary();
            LOG.debug("run {}: epoch {}, training loss {}, validation loss {}{}", id, epoch.epoch(), epoch.trainingLoss(),
                    epoch.validationLoss(), completed.best() ? ", the best so far" : "");
        } else if (event instanceof TrainingEvent.StoppedEarly stopped) {
            LOG.info("run {}: training stops early after epoch {}, as {}; the best was {}", id, stopped.epoch(), stopped.reason(),
                    stopped.bestEpoch());
        } else if (event instanceof TrainingEvent.Failed failed && failed.interrupted()) {
            LOG.info("run {}: training was stopped after {} steps: {}", id, failed.totalStep(), failed.reason());
        } else if (event instanceof TrainingEvent.Failed failed) {
            LOG.error("run {}: training failed after {} steps: {}", id, failed.totalStep(), failed.reason());
        } else if (event instanceof TrainingEvent.CheckpointSaved checkpoint) {
            LOG.debug("run {}: checkpoint after {} steps", id, checkpoint.step());
        }
    }

    /** Returns a listener that receives every event before the other listener. */
    PipelineListener before(PipelineListener listener) {
        return new PipelineListener() {
            @Override
            public void onPipeline(PipelineEvent event) {
                write(event);
                listener.onPipeline(event);
            }

            @Override
            public void onTraining(TrainingEvent event) {
                write(event);
                listener.onTraining(event);
            }
        };
    }

    @Override
    public void close() {
        if (!quiet) {
            LOG.info("run {}: {}", id, done ? "done" : "ends before its work is done");
        }
        if (around == null) {
            MDC.remove(KEY);
        } else {
            MDC.put(KEY, around);
        }
    }
}
