package io.github.spirabr.core.pipeline;

import io.github.spirabr.core.registry.ModelArtifact;
import io.github.spirabr.core.registry.ModelRepositoryException;
import io.github.spirabr.core.registry.ModelVersion;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The outcomes that stages pass on: read from the work store, or computed by a stage that may run. Used by one thread.
 */
final class StageOutcomes {

    private final @Nullable WorkStore work;
    private final boolean again;
    private final Set<Stage> wanted;
    private final PipelineListener listener;

    /**
     * Creates the outcomes of a run.
     *
     * @param wanted stages that may run; the outcomes of the others must be stored
     */
    StageOutcomes(PipelineParts parts, Set<Stage> wanted, PipelineListener listener) {
        this.work = parts.workStore();
        this.again = parts.rerun();
        this.wanted = wanted;
        this.listener = listener;
    }

    /** Returns whether a stage may run. */
    boolean mayRun(Stage stage) {
        return wanted.contains(stage);
    }

    /**
     * Returns true if a stage need not run, as its outcome is stored.
     *
     * @param identity computed only with a work store
     */
    boolean stored(Stage stage, Supplier<String> identity) {
        return work != null && found(stage, stage, identity.get(), Optional::of).isPresent();
    }

    /** Notifies the listener that a stage begins, if there is a work store. */
    void started(Stage stage) {
        if (work != null) {
            listener.onPipeline(new PipelineEvent.StageStarted(stage));
        }
    }

    /**
     * Returns a stage's stored outcome, or computes it.
     *
     * @param read empty if the stored outcome cannot be used
     */
    <T> T of(
            Stage stage,
            String identity,
            Function<ModelArtifact, Optional<T>> read,
            Supplier<T> make,
            Function<T, Map<String, byte[]>> files) {
        if (work == null) {
            return make.get();
        }
        Optional<T> found = found(stage, stage, identity, version -> {
            Optional<T> usable = work.read(version, read);
            if (usable.isPresent() && mayRun(stage)) {
                listener.onPipeline(new PipelineEvent.StageSkipped(stage, work.location(version)));
            }
            return usable;
        });
        if (found.isPresent()) {
            return found.get();
        }
        requireMayRun(stage);
        started(stage);
        T made = make.get();
        ModelVersion saved = work.save(stage, identity, files.apply(made));
        listener.onPipeline(new PipelineEvent.StageCompleted(stage, work.location(saved)));
        return made;
    }

    /**
     * Returns a part of a stage's outcome that depends on less than the whole, so that an earlier run's may exist. The
     * listener is not notified.
     *
     * @param name name of the part
     * @param identity computed only with a work store
     */
    <T> T part(
            Stage stage,
            String name,
            Supplier<String> identity,
            Function<ModelArtifact, Optional<T>> read,
            Supplier<T> make,
            Function<T, Map<String, byte[]>> files) {
        if (work == null) {
            return make.get();
        }
        String known = identity.get();
        Optional<T> found = found(stage, name, known, version -> work.read(version, read));
        if (found.isPresent()) {
            return found.get();
        }
        requireMayRun(stage);
        T made = make.get();
        work.save(name, known, files.apply(made));
        return made;
    }

    /** Returns what is used of a stored outcome; a damaged one is removed by the stage that computes it again. */
    private <T> Optional<T> found(
            Stage stage, Object kind, String identity, Function<ModelVersion, Optional<T>> use) {
        if (work == null || mayRun(stage) && again) {
            return Optional.empty();
        }
        try {
            return work.find(kind, identity).flatMap(use);
        } catch (ModelRepositoryException e) {
            if (!work.isDamaged(kind, identity)) {
                throw e;
            }
            if (!mayRun(stage)) {
                throw new PipelineException("the outcome of stage " + stage + " must be whole, but is damaged (" + e.getMessage()
                        + "); run stage " + stage + ", which computes it again", e);
            }
            work.remove(kind, identity);
            RunLog.computedAgain(e);
            return Optional.empty();
        }
    }

    private void requireMayRun(Stage stage) {
        if (!mayRun(stage)) {
            throw new PipelineException("the outcome of stage " + stage + " must be in the work store, but is not there for these"
                    + " settings and recordings; run stage " + stage + " first");
        }
    }
}
