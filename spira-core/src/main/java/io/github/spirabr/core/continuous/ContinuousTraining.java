package io.github.spirabr.core.continuous;

import io.github.spirabr.core.MissingPartsException;
import io.github.spirabr.core.component.Components;
import io.github.spirabr.core.dataset.RecordingSource;
import io.github.spirabr.core.dataset.Side;
import io.github.spirabr.core.inspection.RecordingInspector;
import io.github.spirabr.core.internal.WorkThreads;
import io.github.spirabr.core.journal.Journal;
import io.github.spirabr.core.pipeline.TrainingPipeline;
import io.github.spirabr.core.promotion.PromotionGate;
import io.github.spirabr.core.registry.ModelRepository;
import io.github.spirabr.core.registry.ModelVersion;
import io.github.spirabr.core.work.Parallelism;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Continuous training of a model as labelled recordings arrive. Each {@link #round} checks for new recordings, trains a
 * challenger, compares it with the champion on the same held-out recordings, and promotes it if it passes the gate of the
 * {@link ChangePlan}. Held-out subjects are never trained on in any round; new subjects join training, validation and test set
 * in the configured shares.
 *
 * <p>Any scheduler on any machine may call it at any time. One round runs at a time, guarded by a lease in the journal that
 * expires when its holder dies. Recordings that are delivered twice count once. An interrupted round is completed by the next
 * call; at every moment the registry has either the old or the new champion. Immutable and thread-safe.
 *
 * <pre>{@code
 * // given: RecordingSource recordings, RecordingInspector inspector, TrainingPipeline template
 * // given: ModelRepository models, Journal journal
 * ContinuousTraining training = ContinuousTraining.builder()
 *         .addRecordings(recordings)
 *         .inspector(inspector)
 *         .pipeline(() -> template.toBuilder())
 *         .addTrigger(RetrainingTrigger.newRecordings(50))
 *         .models(models)
 *         .journal(journal)
 *         .build();
 * Round round = training.round();
 * }</pre>
 */
public final class ContinuousTraining {

    /** The alias of the model in use. */
    public static final String CHAMPION = "champion";

    private final ContinuousParts parts;

    private ContinuousTraining(ContinuousParts parts) {
        this.parts = parts;
    }

    /** Returns a builder with the defaults; recordings, inspector, pipeline, models and journal are required. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns a builder with the parts of this continuous training. */
    public Builder toBuilder() {
        return new Builder(parts);
    }

    ContinuousParts parts() {
        return parts;
    }

    /**
     * Runs one round, or completes an interrupted one.
     *
     * @return the round as the history keeps it
     * @throws LeaseHeldException if a round is running
     * @throws io.github.spirabr.core.journal.JournalException if the lease expired before the round ended
     * @throws io.github.spirabr.core.SpiraException if the recordings, the training, the registry or the journal fail;
     *     the champion stays
     */
    public Round round() {
        return run(false);
    }

    /** Runs one round without asking the triggers; trains nothing if the same parts were trained on the same recordings. */
    public Round roundNow() {
        return run(true);
    }

    private Round run(boolean now) {
        Round round;
        try (Lease lease = Lease.take(parts.journal(), parts.modelName(), parts.clock(), parts.holder(), parts.lease());
                WorkThreads work = new WorkThreads(parts.parallelism(), "spira-round")) {
            parts.listener().onStep(RoundListener.Step.LEASED, parts.holder());
            round = new RoundWork(RoundContext.begin(parts, TrainingState.claim(parts.journal(), lease), lease, work)).run(now);
        }
        parts.listener().onStep(RoundListener.Step.RELEASED, parts.holder());
        return round;
    }

    /** Returns the rounds so far. */
    public RoundHistory history() {
        return RoundHistory.of(parts.journal());
    }

    /** A builder. Methods that begin with {@code add} add a part, all others replace one. Not thread-safe. */
    public static final class Builder {

        private final List<RecordingSource> recordings = new ArrayList<>();
        private @Nullable RecordingInspector inspector;
        private @Nullable Function<RoundInput, TrainingPipeline.Builder> pipeline;
        private final List<RetrainingTrigger> triggers = new ArrayList<>();
        private ChangePlan plan = ChangePlan.standard();
        private @Nullable ModelRepository models;
        private String modelName = "spira";
        private @Nullable Components components;
        private @Nullable Journal journal;
        private Map<Side, Double> shares = sides(0.6, 0.2, 0.2);
        private Clock clock = Clock.systemUTC();
        private String holder = "spira";
        private Duration lease = Duration.ofMinutes(10);
        private long seed = 0;
        private Parallelism parallelism = Parallelism.allProcessors();
        private RoundListener listener = (step, detail) -> {};

        private Builder() {}

        private Builder(ContinuousParts parts) {
            recordings.addAll(parts.recordings());
            inspector = parts.inspector();
            pipeline = parts.pipeline();
            triggers.addAll(parts.triggers());
            plan = parts.plan();
            models = parts.models();
            modelName = parts.modelName();
            components = parts.components();
            journal = parts.journal();
            shares = parts.shares();
            clock = parts.clock();
            holder = parts.holder();
            lease = parts.lease();
            seed = parts.seed();
            parallelism = parts.parallelism();
            listener = parts.listener();
        }

        /**
         * Adds a source of recordings that grows: a manifest, a folder or a prefix of a bucket, or a manifest of predictions that
         * were labelled later. At least one is required; ids are unique over all of them.
         */
        public Builder addRecordings(RecordingSource source) {
            this.recordings.add(source);
            return this;
        }

        /** Sets the inspector of arrivals, which finds unreadable recordings, copies and drift; required. */
        public Builder inspector(RecordingInspector recordingInspector) {
            this.inspector = recordingInspector;
            return this;
        }

        /**
         * Sets the template of the challenger's pipeline; required. The round sets recordings, split, repository and model name;
         * everything else is the template's. Fine-tuning starts with {@link RoundInput#champion()}.
         */
        public Builder pipeline(Function<RoundInput, TrainingPipeline.Builder> template) {
            this.pipeline = template;
            return this;
        }

        /** Sets a template that trains from scratch in every round. */
        public Builder pipeline(Supplier<TrainingPipeline.Builder> template) {
            return pipeline(input -> template.get());
        }

        /**
         * Adds a condition to train again; any of several is enough. By default any new recording is one. The first training
         * starts as soon as the recordings can be split.
         */
        public Builder addTrigger(RetrainingTrigger trigger) {
            this.triggers.add(trigger);
            return this;
        }

        /** Sets the limits of change; by default {@link ChangePlan#standard}. */
        public Builder plan(ChangePlan changePlan) {
            this.plan = changePlan;
            return this;
        }

        /** Sets a plan with this gate and no further limits. */
        public Builder gate(PromotionGate gate) {
            return plan(ChangePlan.builder().gate(gate).build());
        }

        /** Sets the repository of champion and challengers; required. */
        public Builder models(ModelRepository repository) {
            this.models = repository;
            return this;
        }

        /** Sets the name of the model; by default {@code spira}. */
        public Builder modelName(String name) {
            this.modelName = ModelVersion.requireName(name);
            return this;
        }

        /** Sets the providers of stored models' parts; by default those of the class path. */
        public Builder components(Components known) {
            this.components = known;
            return this;
        }

        /** Sets the journal of the rounds, one for each model; required. */
        public Builder journal(Journal roundJournal) {
            this.journal = roundJournal;
            return this;
        }

        /**
         * Sets the shares of subjects of the three sets, above 0 and adding up to 1; by default 0.6, 0.2 and 0.2. A change
         * applies to new subjects only.
         */
        public Builder shares(double training, double validation, double test) {
            this.shares = sides(training, validation, test);
            return this;
        }

        private static Map<Side, Double> sides(double training, double validation, double test) {
            double sum = training + validation + test;
            if (!(training > 0 && validation > 0 && test > 0) || Math.abs(sum - 1) > 1e-9) {
                throw new IllegalArgumentException("the shares of training, validation and test must be above 0 and add up to 1,"
                        + " but were " + training + ", " + validation + " and " + test);
            }
            Map<Side, Double> shares = new EnumMap<>(Side.class);
            shares.put(Side.TRAINING, training);
            shares.put(Side.VALIDATION, validation);
            shares.put(Side.TEST, test);
            return Collections.unmodifiableMap(shares);
        }

        /** Sets the clock of rounds and leases; by default the system's. */
        public Builder clock(Clock source) {
            this.clock = source;
            return this;
        }

        /** Sets the name of the holder in lease and history, of 1 to 100 characters; by default {@code spira}. */
        public Builder holder(String name) {
            if (name.isBlank() || name.length() > 100 || name.chars().anyMatch(Character::isISOControl)) {
                throw new IllegalArgumentException("the holder's name must have 1 to 100 characters, none of them a control"
                        + " character, but was '" + name + "'");
            }
            this.holder = name;
            return this;
        }

        /**
         * Sets the time after which the lease of a dead holder expires, at least a second; by default 10 minutes. A running round
         * renews it three times as often.
         */
        public Builder lease(Duration duration) {
            if (duration.compareTo(Duration.ofSeconds(1)) < 0) {
                throw new IllegalArgumentException("the lease must be of 1 second or more, but was " + duration);
            }
            this.lease = duration;
            return this;
        }

        /** Sets the seed of the assignment of new subjects and of intervals; by default 0. It must stay the same. */
        public Builder seed(long value) {
            this.seed = value;
            return this;
        }

        /**
         * Sets the number of threads that read recordings and ask models; by default one for each processor. Trainings have
         * that of their own pipeline.
         */
        public Builder parallelism(Parallelism threads) {
            this.parallelism = threads;
            return this;
        }

        /** Sets the receiver of each step; by default there is none. */
        public Builder listener(RoundListener roundListener) {
            this.listener = roundListener;
            return this;
        }

        /**
         * Builds the continuous training.
         *
         * @throws MissingPartsException if parts are missing; it names all of them
         */
        public ContinuousTraining build() {
            MissingPartsException.check("ContinuousTraining")
                    .part("recordings", "addRecordings", recordings).part("an inspector", "inspector", inspector)
                    .part("a pipeline", "pipeline", pipeline).part("a model repository", "models", models)
                    .part("a journal", "journal", journal).done();
            List<RetrainingTrigger> any = triggers.isEmpty() ? List.of(Builder::anything) : List.copyOf(triggers);
            return new ContinuousTraining(new ContinuousParts(List.copyOf(recordings), inspector, pipeline, any, plan, models, modelName,
                    components == null ? Components.discover() : components, journal, shares, clock, holder, lease, seed,
                    parallelism, listener));
        }

        private static Optional<String> anything(RetrainingTrigger.Situation now) {
            return now.newRecordings() + now.withdrawnRecordings() == 0
                    ? Optional.empty()
                    : Optional.of(now.newRecordings() + " new or corrected recordings, "
                            + now.withdrawnRecordings() + " gone");
        }
    }
}
