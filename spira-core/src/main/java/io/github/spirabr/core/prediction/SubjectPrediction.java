package io.github.spirabr.core.prediction;

import io.github.spirabr.core.evaluation.Diagnosis;
import io.github.spirabr.core.recording.Target;
import io.github.spirabr.core.registry.ModelVersion;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * A model's one answer for all recordings of a subject. Immutable and thread-safe. Made by a {@link Predictor}; the builder is
 * for tests.
 */
public final class SubjectPrediction {

    private final String subject;
    private final Diagnosis diagnosis;
    private final OptionalDouble probability;
    private final List<Prediction> recordings;
    private final List<String> reasons;
    private final ModelVersion model;
    private final Optional<String> dataFingerprint;
    private final Target target;

    private SubjectPrediction(Builder builder) {
        subject = builder.subject;
        diagnosis = builder.diagnosis;
        probability = builder.probability;
        recordings = List.copyOf(builder.recordings);
        reasons = List.copyOf(builder.reasons);
        model = builder.model;
        dataFingerprint = builder.dataFingerprint;
        target = builder.target;
    }

    /**
     * Returns a builder, without a probability, recordings and reasons.
     *
     * @param subject the speaker
     * @param diagnosis the answer
     * @param model the model that answers
     */
    public static Builder builder(String subject, Diagnosis diagnosis, ModelVersion model) {
        return new Builder(subject, diagnosis, model);
    }

    /** Returns the speaker. */
    public String subject() {
        return subject;
    }

    /** Returns the diagnosis by the model's rule; {@link Diagnosis#INCONCLUSIVE} wherever there are {@code reasons}. */
    public Diagnosis diagnosis() {
        return diagnosis;
    }

    /**
     * Returns the probability of being a patient: the mean of those of the recordings whose quality allows an answer, as in
     * the model's subject-level metrics; empty if there is no such recording.
     */
    public OptionalDouble probability() {
        return probability;
    }

    /** Returns the answer for each recording, in the order in which they were given. */
    public List<Prediction> recordings() {
        return recordings;
    }

    /** Returns the reasons for an inconclusive diagnosis; empty if there is a decision. */
    public List<String> reasons() {
        return reasons;
    }

    /** Returns the model that answered. */
    public ModelVersion model() {
        return model;
    }

    /**
     * Returns the fingerprint of the recordings that the model was trained and evaluated on; empty if an older version
     * of the library stored it.
     */
    public Optional<String> dataFingerprint() {
        return dataFingerprint;
    }

    /** Returns the condition that the model detects, with the names of the classes that the diagnosis tells apart. */
    public Target target() {
        return target;
    }


    private List<Object> values() {
        return List.of(subject, diagnosis, probability, recordings, reasons, model, dataFingerprint, target);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SubjectPrediction that && values().equals(that.values());
    }

    @Override
    public int hashCode() {
        return values().hashCode();
    }

    @Override
    public String toString() {
        return "SubjectPrediction" + values();
    }

    /** A builder of {@link SubjectPrediction}s. Not thread-safe. */
    public static final class Builder {

        private final String subject;
        private final Diagnosis diagnosis;
        private final ModelVersion model;
        private OptionalDouble probability = OptionalDouble.empty();
        private List<Prediction> recordings = List.of();
        private List<String> reasons = List.of();
        private Optional<String> dataFingerprint = Optional.empty();
        private Target target = Target.STANDARD;

        private Builder(String subject, Diagnosis diagnosis, ModelVersion model) {
            this.subject = subject;
            this.diagnosis = diagnosis;
            this.model = model;
        }

        /** Sets {@link SubjectPrediction#probability}. */
        public Builder probability(OptionalDouble probability) {
            this.probability = probability;
            return this;
        }

        /** Sets {@link SubjectPrediction#recordings}. */
        public Builder recordings(List<Prediction> recordings) {
            this.recordings = recordings;
            return this;
        }

        /** Sets {@link SubjectPrediction#reasons}. */
        public Builder reasons(List<String> reasons) {
            this.reasons = reasons;
            return this;
        }

        /** Sets {@link SubjectPrediction#dataFingerprint}. */
        public Builder dataFingerprint(Optional<String> dataFingerprint) {
            this.dataFingerprint = dataFingerprint;
            return this;
        }

        /** Sets {@link SubjectPrediction#target}; by default {@link Target#STANDARD}. */
        public Builder target(Target target) {
            this.target = target;
            return this;
        }

        /** Returns the value. */
        public SubjectPrediction build() {
            return new SubjectPrediction(this);
        }
    }
}
