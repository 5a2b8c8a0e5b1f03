package io.github.spirabr.core.pipeline;

import io.github.spirabr.core.audit.SplitAudit;
import io.github.spirabr.core.component.Components;
import io.github.spirabr.core.dataset.RecordingSource;
import io.github.spirabr.core.probe.Probe;
import io.github.spirabr.core.registry.ModelRepository;
import io.github.spirabr.core.registry.ModelVersion;
import io.github.spirabr.core.work.Parallelism;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A test of a stored model on a data set that it has never seen, such as another hospital's. Preprocessing, temperature,
 * threshold and inconclusive band are those stored with the model; nothing is chosen or fitted on the data, and nothing is
 * written. Answers and intervals have the bits that the model's own run would give for the same recordings. Immutable and
 * thread-safe.
 *
 * <pre>{@code
 * // given: ModelRepository models, RecordingSource otherHospital, SplitAudit audit
 * ExternalFindings found = ExternalValidation.builder(models, new ModelVersion("spira", 3), otherHospital)
 *         .audit(audit)
 *         .build()
 *         .run();
 * System.out.println(found.run().metrics().metric(Metric.AUROC));
 * }</pre>
 */
public final class ExternalValidation {

    private final ModelRepository models;
    private final ModelVersion version;
    private final RecordingSource recordings;
    private final @Nullable SplitAudit audit;
    private final List<Probe> probes;
    private final boolean namesApart;
    private final RejectionPolicy rejections;
    private final Components components;
    private final Parallelism parallelism;
    private final Progress progress;

    private ExternalValidation(Builder builder) {
        models = builder.models;
        version = builder.version;
        recordings = builder.recordings;
        audit = builder.audit;
        probes = List.copyOf(builder.probes);
        namesApart = builder.namesApart;
        rejections = builder.rejections;
        components = builder.components == null ? Components.discover() : builder.components;
        parallelism = builder.parallelism;
        progress = builder.progress;
    }

    /** A receiver of the number of visited recordings; it may throw an exception to stop the test. */
    @FunctionalInterface
    public interface Progress {

        /** Called after each recording, by the thread that runs the test. */
        void visited(int done, int total);
    }

    /**
     * Returns a builder.
     *
     * @param models the repository of the model; it is only read
     * @param version the model
     * @param recordings the data set
     */
    public static Builder builder(ModelRepository models, ModelVersion version, RecordingSource recordings) {
        return new Builder(models, version, recordings);
    }

    /**
     * Tests the model.
     *
     * @throws SeenInTrainingException if the model was trained or validated on one of the subjects or recordings, in whatever
     *     form
     * @throws io.github.spirabr.core.dataset.InvalidDatasetException if a class is missing, or too many recordings cannot be used
     * @throws io.github.spirabr.core.registry.ModelRepositoryException if the model is missing or damaged
     */
    public ExternalFindings run() {
        return new ExternalRun(this).run();
    }

    ModelRepository models() {
        return models;
    }

    ModelVersion version() {
        return version;
    }

    RecordingSource recordings() {
        return recordings;
    }

    Optional<SplitAudit> audit() {
        return Optional.ofNullable(audit);
    }

    List<Probe> probes() {
        return probes;
    }

    boolean namesApart() {
        return namesApart;
    }

    RejectionPolicy rejections() {
        return rejections;
    }

    Components components() {
        return components;
    }

    Parallelism parallelism() {
        return parallelism;
    }

    Progress progress() {
        return progress;
    }

    /** A builder of an {@link ExternalValidation}. Each method replaces a value, {@link #addProbe} adds one. Not thread-safe. */
    public static final class Builder {

        private final ModelRepository models;
        private final ModelVersion version;
        private final RecordingSource recordings;
        private final List<Probe> probes = new ArrayList<>();
        private @Nullable SplitAudit audit;
        private boolean namesApart;
        private RejectionPolicy rejections = RejectionPolicy.standard();
        private @Nullable Components components;
        private Parallelism parallelism = Parallelism.allProcessors();
        private Progress progress = (done, total) -> { };

        private Builder(ModelRepository models, ModelVersion version, RecordingSource recordings) {
            this.models = models;
            this.version = version;
            this.recordings = recordings;
        }

        /**
         * Sets the audit that finds sounds of the training in other forms; by default none, so that only equal bytes are
         * found, and the findings warn.
         */
        public Builder audit(SplitAudit value) {
            audit = value;
            return this;
        }

        /** Adds a probe that needs no training set; by default there is none. */
        public Builder addProbe(Probe probe) {
            probes.add(probe);
            return this;
        }

        /**
         * Sets whether subjects with the names of training subjects are other persons, as where two hospitals count their
         * patients; by default false, so that they are refused. Their recordings are compared either way.
         */
        public Builder namesApart(boolean value) {
            namesApart = value;
            return this;
        }

        /** Sets the number of unusable recordings that are left out; by default {@link RejectionPolicy#standard}. */
        public Builder rejections(RejectionPolicy value) {
            rejections = value;
            return this;
        }

        /** Sets the components that create the model's parts; by default all of the class path. */
        public Builder components(Components value) {
            components = value;
            return this;
        }

        /** Sets the number of threads, on which no result depends; by default all processors. */
        public Builder parallelism(Parallelism value) {
            parallelism = value;
            return this;
        }

        /** Sets a receiver of progress; by default none. */
        public Builder progress(Progress value) {
            progress = value;
            return this;
        }

        /** Returns the validation. */
        public ExternalValidation build() {
            return new ExternalValidation(this);
        }
    }
}
