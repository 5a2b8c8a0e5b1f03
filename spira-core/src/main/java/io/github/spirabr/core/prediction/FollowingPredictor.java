package io.github.spirabr.core.prediction;

import io.github.spirabr.core.component.Components;
import io.github.spirabr.core.recording.AudioSource;
import io.github.spirabr.core.registry.ModelRepository;
import io.github.spirabr.core.registry.ModelRepositoryException;
import io.github.spirabr.core.registry.ModelVersion;
import io.github.spirabr.core.work.Parallelism;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A predictor that follows an alias, such as {@code champion}, without a restart. When the alias moves, the new model is opened
 * beside the old one, which finishes the predictions that it began and is then closed. If the new model cannot be opened, or the
 * registry cannot be reached, the old model goes on, and the failure is reported to the listener and by {@link #failure} until a
 * later attempt succeeds. Safe for any number of threads.
 *
 * <pre>{@code
 * // given: ModelRepository models, byte[] wav
 * try (FollowingPredictor predictor = FollowingPredictor.builder(models, "spira", "champion")
 *         .every(Duration.ofMinutes(1))
 *         .open()) {
 *     System.out.println(predictor.predict("recording 1", wav).diagnosis());
 * }
 * }</pre>
 */
public final class FollowingPredictor implements AutoCloseable {

    /** A listener to changes of the model. Called by the thread that checks the alias. */
    public interface Listener {

        /**
         * Receives a change of the version that answers.
         *
         * @param from the version before
         * @param to the version from now on
         */
        default void moved(ModelVersion from, ModelVersion to) {}

        /**
         * Receives a failure to follow the alias; the current version continues to answer.
         *
         * @param answering the current version
         * @param failure the failure; the next attempt is made after the usual interval
         */
        default void failed(ModelVersion answering, Exception failure) {}
    }

    private final ModelRepository models;
    private final String name;
    private final String alias;
    private final boolean orNewest;
    private final Components components;
    private final Parallelism parallelism;
    private final Listener listener;
    private final @Nullable ScheduledExecutorService clock;
    /** One look at the alias at a time; answers go on meanwhile. */
    private final Object look = new Object();
    private SharedPredictor current;
    private @Nullable Exception failure;
    private boolean closed;

    private FollowingPredictor(Builder builder, Components components) {
        this.models = builder.models;
        this.name = builder.name;
        this.alias = builder.alias;
        this.components = components;
        this.parallelism = builder.parallelism;
        this.listener = builder.listener;
        this.orNewest = builder.orNewest;
        this.current = open(wanted());
        this.clock = builder.every.isZero() ? null : Executors.newSingleThreadScheduledExecutor(runnable -> {
            Thread thread = new Thread(runnable, "spira-alias");
            thread.setDaemon(true);
            return thread;
        });
        if (clock != null) {
            long nanos = builder.every.toNanos();
            clock.scheduleWithFixedDelay(this::refresh, nanos, nanos, TimeUnit.NANOSECONDS);
        }
    }

    /**
     * Starts with a registry, the model's name in it, and the alias to follow.
     *
     * @param alias such as {@code champion}
     */
    public static Builder builder(ModelRepository models, String name, String alias) {
        return new Builder(models, name, alias);
    }

    private SharedPredictor open(ModelVersion version) {
        return new SharedPredictor(Predictor.open(models, version, components, parallelism));
    }

    private ModelVersion wanted() {
        return orNewest && models.find(name, alias).isEmpty()
                ? models.latest(name).orElseGet(() -> Predictor.version(models, name, alias))
                : Predictor.version(models, name, alias);
    }

    /**
     * Checks the alias now, and opens its version if it has changed. Never throws: failures are reported as the class
     * describes.
     *
     * @return the version that answers now
     */
    public ModelVersion refresh() {
        synchronized (look) {
            ModelVersion answering = version();
            try {
                ModelVersion wanted = wanted();
                if (!wanted.equals(answering) && moveTo(open(wanted))) {
                    listener.moved(answering, wanted);
                }
                note(null);
            } catch (RuntimeException | LinkageError e) {
                Exception told = e instanceof Exception plain
                        ? plain : new ModelRepositoryException("a part of the new model could not be loaded: " + e, e);
                note(told);
                listener.failed(answering, told);
            }
            return version();
        }
    }

    private synchronized void note(@Nullable Exception latest) {
        failure = latest;
    }

    /** Replaces the current predictor; returns false if this was closed in the meantime. */
    private boolean moveTo(SharedPredictor opened) {
        SharedPredictor old;
        boolean moved;
        synchronized (this) {
            moved = !closed;
            old = moved ? current : opened;
            current = moved ? opened : current;
        }
        old.retire();
        return moved;
    }

    /** Returns the version that answers now. */
    public synchronized ModelVersion version() {
        return current.predictor().version();
    }

    /** Returns the failure of the last check of the alias; empty if it succeeded. */
    public synchronized Optional<Exception> failure() {
        return Optional.ofNullable(failure);
    }

    /**
     * Asks one model, even if the alias changes in the meantime.
     *
     * @param question may use the predictor any number of times; must neither close nor keep it
     * @return the result of the question
     * @throws IllegalStateException if this is closed
     */
    public <R> R ask(Function<Predictor, R> question) {
        SharedPredictor asked;
        synchronized (this) {
            if (closed) {
                throw new IllegalStateException("the predictor is closed");
            }
            asked = current;
            asked.take();
        }
        try {
            return question.apply(asked.predictor());
        } finally {
            asked.giveBack();
        }
    }

    /**
     * Decodes a recording and predicts its diagnosis; see {@link Predictor#predict(String, AudioSource)}.
     *
     * @throws io.github.spirabr.core.audio.AudioException if it cannot be read
     */
    public Prediction predict(String recording, AudioSource audio) {
        return ask(predictor -> predictor.predict(recording, audio));
    }

    /**
     * Predicts for encoded bytes in memory.
     *
     * @throws io.github.spirabr.core.audio.AudioException if they cannot be read
     */
    public Prediction predict(String recording, byte[] audio) {
        return ask(predictor -> predictor.predict(recording, audio));
    }

    /**
     * Returns one answer of one model for all recordings of a subject; see {@link Predictor#predictSubject}.
     *
     * @throws io.github.spirabr.core.audio.AudioException if one of them cannot be read
     */
    public SubjectPrediction predictSubject(String subject, Map<String, AudioSource> recordings) {
        return ask(predictor -> predictor.predictSubject(subject, recordings));
    }

    /** Stops looking at the alias, and closes the model after the last answer that was begun. May be called twice. */
    @Override
    public void close() {
        if (clock != null) {
            clock.shutdownNow();
        }
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        current.retire();
    }

    /** A builder of predictors that follow an alias. Not thread-safe. */
    public static final class Builder {

        private final ModelRepository models;
        private final String name;
        private final String alias;
        private boolean orNewest;
        private @Nullable Components components;
        private Parallelism parallelism = Parallelism.allProcessors();
        private Duration every = Duration.ofSeconds(30);
        private Listener listener = new Listener() {};

        private Builder(ModelRepository models, String name, String alias) {
            this.models = models;
            this.name = name;
            this.alias = alias;
        }

        /** Uses the newest version while no version has the alias; by default that is a failure. */
        public Builder orNewest() {
            this.orNewest = true;
            return this;
        }

        /** Sets the components that create the models' parts; by default all components of the class path. */
        public Builder components(Components known) {
            this.components = known;
            return this;
        }

        /** Sets the number of threads of the network; by default one for each processor. */
        public Builder parallelism(Parallelism threads) {
            this.parallelism = threads;
            return this;
        }

        /**
         * Sets the interval between checks of the alias; by default 30 seconds. Zero checks only on {@link #refresh}.
         *
         * @throws IllegalArgumentException if it is negative
         */
        public Builder every(Duration interval) {
            if (interval.isNegative()) {
                throw new IllegalArgumentException("the interval between checks of the alias must not be negative, but was "
                        + interval);
            }
            this.every = interval;
            return this;
        }

        /** Sets the listener to changes and failures; by default there is none. */
        public Builder listener(Listener hearing) {
            this.listener = hearing;
            return this;
        }

        /**
         * Opens the version that has the alias now.
         *
         * @throws ModelRepositoryException if no version has it
         * @throws io.github.spirabr.core.SpiraException if the version cannot be opened
         */
        public FollowingPredictor open() {
            return new FollowingPredictor(this, components == null ? Components.discover() : components);
        }
    }
}
