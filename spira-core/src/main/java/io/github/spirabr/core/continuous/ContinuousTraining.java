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
 * Trains a model again and again as labelled recordings arrive: each {@link #round} looks whether there is something new and
 * enough of it, trains a challenger, compares it with the champion on the same held-out recordings, and promotes it if it
 * passes the gate of the {@link ChangePlan}. Held-out subjects are never trained on in any round; newcomers join all sides
 * in the same share.
 *
 * <p>Any scheduler on any machine may call it at any time: one round runs at a time, by a lease in the journal that ends
 * when its holder dies; the same recordings are learned from once, however often they are delivered; and a round that was
 * broken off at any point is completed by the next call. At every moment the registry has the champion before or the one
 * after. Immutable; instances may be shared between threads.
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
     * Runs one round, or completes the one that was broken off.
     *
     * @return what was done, as it is in the history now
     * @throws LeaseHeldException if a round is under way
     * @throws LeaseLostException if the lease ended before the round did
     * @throws io.github.spirabr.core.SpiraException if the recordings, the training, the registry or the journal fail; the
     *     champion is what it was
     */
    public Round round() {
        return run(false);
    }

    /** The same, whatever the triggers say; does nothing if the same parts were trained on the same recordings before. */
    public Round roundNow() {
        return run(true);
    }

    private Round run(boolean now) {
        Round round;
        try (Lease lease = Lease.take(parts.journal(), parts.modelName(), parts.clock(), parts.holder(), parts.lease());
                WorkThreads work = new WorkThreads(parts.parallelism(), "spira-round")) {
            parts.listener().onStep(RoundStep.LEASED, parts.holder());
            round = new RoundWork(RoundContext.begin(parts, TrainingState.claim(parts.journal(), lease), lease, work)).run(now);
        }
        parts.listener().onStep(RoundStep.RELEASED, parts.holder());
        return round;
    }

    /** The rounds so far. */
    public RoundHistory history() {
        return RoundHistory.of(parts.journal());
    }

    /** Collects the parts. Not thread-safe. */
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
         * Where recordings come from: a manifest, a folder or a prefix of a bucket that grows. Asked again, it adds
         * another source, such as a manifest of predictions whose labels came later; ids are unique over all of them.
         */
        public Builder addRecordings(RecordingSource source) {
            this.recordings.add(source);
            return this;
        }

        /** What looks at arrivals, so that unreadable ones, copies and drift are found. */
        public Builder inspector(RecordingInspector recordingInspector) {
            this.inspector = recordingInspector;
            return this;
        }

        /**
         * What trains a challenger. Recordings, split, registry and the model's name are set by the round; everything else
         * is the pipeline's, such as the network, its listener, probes and checkpoints. A challenger that is fine-tuned
         * starts from {@link RoundInput#champion()}.
         */
        public Builder pipeline(Function<RoundInput, TrainingPipeline.Builder> template) {
            this.pipeline = template;
            return this;
        }

        /** The same, from scratch in every round. */
        public Builder pipeline(Supplier<TrainingPipeline.Builder> template) {
            return pipeline(input -> template.get());
        }

        /**
         * When to train again; with several, when any of them says so. By default whenever there is anything new. The
         * first training is when the recordings can be split.
         */
        public Builder addTrigger(RetrainingTrigger trigger) {
            this.triggers.add(trigger);
            return this;
        }

        /** The limits of change; by default the standard gate and no further limits. */
        public Builder plan(ChangePlan changePlan) {
            this.plan = changePlan;
            return this;
        }

        /** The gate, of a plan without further limits. */
        public Builder gate(PromotionGate gate) {
            return plan(ChangePlan.builder().gate(gate).build());
        }

        /** Where champion and challengers are saved. */
        public Builder models(ModelRepository repository) {
            this.models = repository;
            return this;
        }

        /** Under which name; by default {@code spira}. */
        public Builder modelName(String name) {
            this.modelName = ModelVersion.requireName(name);
            return this;
        }

        /** What stored models' parts are made by; by default those of the class path. */
        public Builder components(Components known) {
            this.components = known;
            return this;
        }

        /** Where the rounds are kept; one for each model. */
        public Builder journal(Journal roundJournal) {
            this.journal = roundJournal;
            return this;
        }

        /**
         * The shares of the subjects, above 0 and adding up to 1; by default 0.6, 0.2 and 0.2. A change concerns newcomers
         * alone.
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

        /** Tells the time of rounds and leases; by default the system's. */
        public Builder clock(Clock source) {
            this.clock = source;
            return this;
        }

        /** Who runs rounds, for the lease and the histories: 1 to 100 characters; by default {@code spira}. */
        public Builder holder(String name) {
            if (name.isBlank() || name.length() > 100 || name.chars().anyMatch(Character::isISOControl)) {
                throw new IllegalArgumentException("the holder is named by 1 to 100 characters, none of them a control"
                        + " character, but was '" + name + "'");
            }
            this.holder = name;
            return this;
        }

        /**
         * How long the lease outlives its holder, at least a second; by default 10 minutes. It is renewed three times as
         * often while a round is under way.
         */
        public Builder lease(Duration duration) {
            if (duration.compareTo(Duration.ofSeconds(1)) < 0) {
                throw new IllegalArgumentException("the lease must be of 1 second or more, but was " + duration);
            }
            this.lease = duration;
            return this;
        }

        /** What decides newcomers' sides, and the draws of intervals; by default 0. It must stay the same. */
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

        /** Who hears of each step. */
        public Builder listener(RoundListener roundListener) {
            this.listener = roundListener;
            return this;
        }

        /**
         * Continuous training.
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

        private static Optional<String> anything(RetrainingSituation now) {
            return now.newRecordings() + now.withdrawnRecordings() == 0
                    ? Optional.empty()
                    : Optional.of(now.newRecordings() + " new or corrected recordings, "
                            + now.withdrawnRecordings() + " gone");
        }
    }
}
