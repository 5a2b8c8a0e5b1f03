package io.github.spirabr.core.prediction;

import io.github.spirabr.core.evaluation.Diagnosis;
import io.github.spirabr.core.quality.QualityWarning;
import io.github.spirabr.core.recording.Target;
import io.github.spirabr.core.registry.ModelVersion;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** A model's answer for one recording. Immutable and thread-safe. Made by a {@link Predictor}; the builder is for tests. */
public final class Prediction {

    private final String recording;
    private final Diagnosis diagnosis;
    private final OptionalDouble probability;
    private final List<Window> windows;
    private final List<QualityWarning> warnings;
    private final List<String> reasons;
    private final ModelVersion model;
    private final Optional<String> dataFingerprint;
    private final Target target;

    private Prediction(Builder builder) {
        recording = builder.recording;
        diagnosis = builder.diagnosis;
        probability = builder.probability;
        windows = List.copyOf(builder.windows);
        warnings = List.copyOf(builder.warnings);
        reasons = List.copyOf(builder.reasons);
        model = builder.model;
        dataFingerprint = builder.dataFingerprint;
        target = builder.target;
    }

    /**
     * Returns a builder, without a probability, windows, warnings and reasons.
     *
     * @param recording id of the recording
     * @param diagnosis the answer
     * @param model the model that answers
     */
    public static Builder builder(String recording, Diagnosis diagnosis, ModelVersion model) {
        return new Builder(recording, diagnosis, model);
    }

    /** Returns the id of the recording. */
    public String recording() {
        return recording;
    }

    /** Returns the diagnosis by the model's rule; {@link Diagnosis#INCONCLUSIVE} wherever there are {@code reasons}. */
    public Diagnosis diagnosis() {
        return diagnosis;
    }

    /**
     * Returns the probability of being a patient: the window probabilities, aggregated and calibrated by the model's rule;
     * empty if the recording is too short for a window. Also given where the quality forbids a diagnosis.
     */
    public OptionalDouble probability() {
        return probability;
    }

    /** Returns the answer for each window, in time order. */
    public List<Window> windows() {
        return windows;
    }

    /** Returns the warnings about the quality of the recording. */
    public List<QualityWarning> warnings() {
        return warnings;
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

    /** Returns the probability of each window, in time order. */
    public List<Double> windowProbabilities() {
        return windows.stream().map(Window::probability).toList();
    }

    /** Returns whether the recording's quality allows an answer. */
    boolean bearsAnswer() {
        return warnings.stream().noneMatch(QualityWarning::decisive);
    }

    /**
     * A model's answer for a window of a recording.
     *
     * @param start time from the recording's beginning
     * @param end after {@code start}; past the recording's end where the window is filled up
     * @param probability probability of being a patient, as the network gives it: not calibrated
     */
    public record Window(Duration start, Duration end, double probability) {}

    private List<Object> values() {
        return List.of(recording, diagnosis, probability, windows, warnings, reasons, model, dataFingerprint, target);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Prediction that && values().equals(that.values());
    }

    @Override
    public int hashCode() {
        return values().hashCode();
    }

    @Override
    public String toString() {
        return "Prediction" + values();
    }

    /** A builder of {@link Prediction}s. Not thread-safe. */
    public static final class Builder {

        private final String recording;
        private final Diagnosis diagnosis;
        private final ModelVersion model;
        private OptionalDouble probability = OptionalDouble.empty();
        private List<Window> windows = List.of();
        private List<QualityWarning> warnings = List.of();
        private List<String> reasons = List.of();
        private Optional<String> dataFingerprint = Optional.empty();
        private Target target = Target.STANDARD;

        private Builder(String recording, Diagnosis diagnosis, ModelVersion model) {
            this.recording = recording;
            this.diagnosis = diagnosis;
            this.model = model;
        }

        /** Sets {@link Prediction#probability}. */
        public Builder probability(OptionalDouble probability) {
            this.probability = probability;
            return this;
        }

        /** Sets {@link Prediction#windows}. */
        public Builder windows(List<Window> windows) {
            this.windows = windows;
            return this;
        }

        /** Sets {@link Prediction#warnings}. */
        public Builder warnings(List<QualityWarning> warnings) {
            this.warnings = warnings;
            return this;
        }

        /** Sets {@link Prediction#reasons}. */
        public Builder reasons(List<String> reasons) {
            this.reasons = reasons;
            return this;
        }

        /** Sets {@link Prediction#dataFingerprint}. */
        public Builder dataFingerprint(Optional<String> dataFingerprint) {
            this.dataFingerprint = dataFingerprint;
            return this;
        }

        /** Sets {@link Prediction#target}; by default {@link Target#STANDARD}. */
        public Builder target(Target target) {
            this.target = target;
            return this;
        }

        /** Returns the value. */
        public Prediction build() {
            return new Prediction(this);
        }
    }
}
