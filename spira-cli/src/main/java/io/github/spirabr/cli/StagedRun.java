package io.github.spirabr.cli;

import io.github.spirabr.audio.fingerprint.BandFingerprinter;
import io.github.spirabr.config.Experiment;
import io.github.spirabr.config.ExperimentParts;
import io.github.spirabr.core.audit.SplitAudit;
import io.github.spirabr.core.model.TrainingEvent;
import io.github.spirabr.core.pipeline.PipelineEvent;
import io.github.spirabr.core.pipeline.PipelineListener;
import io.github.spirabr.core.pipeline.TrainingPipeline;
import io.github.spirabr.core.registry.ModelRepository;
import io.github.spirabr.core.registry.ModelVersion;
import io.github.spirabr.report.run.RunReport;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A pipeline whose stages are run from the command line: with progress, until it is done or asked to end. */
final class StagedRun {

    private final TrainingPipeline.Builder pipeline;
    private final ModelRepository models;
    private final PipelineListener events;

    private StagedRun(TrainingPipeline.Builder pipeline, ModelRepository models, PipelineListener events) {
        this.pipeline = pipeline;
        this.models = models;
        this.events = events;
    }

    /**
     * Creates the run of an experiment.
     *
     * @param models a place other than the experiment's, if any
     * @param work a place other than the experiment's, if any
     * @param again true to re-run completed stages
     */
    static StagedRun of(Experiment experiment, @Nullable String models, @Nullable String work, boolean again) {
        ModelRepository repository = models(experiment, models);
        ExperimentParts parts = ExperimentParts.of(experiment);
        TrainingPipeline.Builder pipeline = parts.applyTo(TrainingPipeline.builder()).models(repository);
        return of(pipeline, repository, work, again, parts.listener());
    }

    /** Creates the run of a pipeline that saves its models at a place. */
    static StagedRun of(
            TrainingPipeline.Builder pipeline, ModelRepository models, @Nullable String work, boolean again) {
        return of(pipeline, models, work, again, new PipelineListener() {});
    }

    private static StagedRun of(
            TrainingPipeline.Builder pipeline,
            ModelRepository models,
            @Nullable String work,
            boolean again,
            PipelineListener events) {
        return new StagedRun(equipped(pipeline, work, again), models, events);
    }

    /** Returns the models of an experiment, or those at another place. */
    static ModelRepository models(Experiment experiment, @Nullable String place) {
        return place == null ? experiment.models().models() : Locations.models(place);
    }

    /** Adds the audit and the report of every run, and the work store at a place, if any. */
    static TrainingPipeline.Builder equipped(TrainingPipeline.Builder pipeline, @Nullable String work, boolean again) {
        if (work != null) {
            Locations.work(pipeline, work);
        }
        return pipeline.audit(SplitAudit.of(new BandFingerprinter())).addReporter(new RunReport()).rerun(again);
    }

    ModelRepository models() {
        return models;
    }

    /** Finds the version that a run would make again, once it is known that the run could be saved. */
    Optional<ModelVersion> findDone() {
        TrainingPipeline whole = pipeline.build();
        whole.requireWritable();
        return whole.findDone();
    }

    /**
     * Runs some of it.
     *
     * @param err gets the progress
     * @param stages stages to run
     * @param result receiver of the outcome
     * @return the exit code
     */
    <T> int run(PrintWriter err, Function<TrainingPipeline, T> stages, Consumer<T> result) {
        ConsoleProgress progress = ConsoleProgress.to(err);
        Counting counting = new Counting(progress);
        Optional<T> outcome = StopSignal.during(
                counting, progress, err, listener -> stages.apply(pipeline.listener(events.andThen(listener)).build()));
        if (outcome.isEmpty()) {
            return Spira.INTERRUPTED;
        }
        result.accept(outcome.get());
        return counting.skipped > 0 && counting.done == 0 ? Spira.NOTHING_TO_DO : 0;
    }

    /** Moves the alias to the version, if one is given and it is elsewhere. */
    boolean giveAlias(@Nullable String alias, ModelVersion version) {
        if (alias == null || version.equals(models.aliases(version.name()).get(alias))) {
            return false;
        }
        models.promote(alias, version, System.getProperty("user.name", "unknown"));
        return true;
    }

    /** Counts stages, and passes all events on. */
    private static final class Counting implements PipelineListener {

        private final PipelineListener next;
        private int done;
        private int skipped;

        private Counting(PipelineListener next) {
            this.next = next;
        }

        @Override
        public void onPipeline(PipelineEvent event) {
            next.onPipeline(event);
            done += event instanceof PipelineEvent.StageStarted ? 1 : 0;
            skipped += event instanceof PipelineEvent.StageSkipped ? 1 : 0;
        }

        @Override
        public void onTraining(TrainingEvent event) {
            next.onTraining(event);
        }
    }
}
