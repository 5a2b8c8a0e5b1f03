package io.github.spirabr.core.pipeline;

import io.github.spirabr.core.MissingPartsException;
import io.github.spirabr.core.artifact.ModelRecipe;
import io.github.spirabr.core.audit.SplitCertificate;
import io.github.spirabr.core.dataset.DatasetSplit;
import io.github.spirabr.core.evaluation.Abstention;
import io.github.spirabr.core.evaluation.DecisionRule;
import io.github.spirabr.core.evaluation.Evaluation;
import io.github.spirabr.core.evaluation.Evaluator;
import io.github.spirabr.core.evaluation.GroupMetrics;
import io.github.spirabr.core.evaluation.MetricEstimates;
import io.github.spirabr.core.evaluation.OperatingPoint;
import io.github.spirabr.core.model.EpochSummary;
import io.github.spirabr.core.probe.ProbeResult;
import io.github.spirabr.core.recording.Recording;
import io.github.spirabr.core.recording.Target;
import io.github.spirabr.core.registry.ModelVersion;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A run of a {@link TrainingPipeline} with all that it found. Holds no time, path or machine but the place of its model. Two
 * runs are equal if they found the same, wherever their models are saved.
 */
public final class TrainingRun {

    private final RunFindings findings;
    private final @Nullable ModelVersion model;
    private final String location;

    TrainingRun(RunFindings findings) {
        this(findings, null, "");
    }

    private TrainingRun(RunFindings findings, @Nullable ModelVersion model, String location) {
        this.findings = findings;
        this.model = model;
        this.location = location;
    }

    /** Returns a builder of a run that did not take place, for tests of reporters. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns a builder with the content of this run. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    TrainingRun saved(ModelVersion version, String place) {
        return new TrainingRun(findings, version, place);
    }

    RunFindings findings() {
        return findings;
    }

    /** Returns whether the model is saved. It is not yet while a {@link RunReporter} writes its report. */
    public boolean isSaved() {
        return model != null;
    }

    /**
     * Returns the saved version.
     *
     * @throws IllegalStateException if the model is not saved
     */
    public ModelVersion model() {
        if (model == null) {
            throw new IllegalStateException("the model of this run is not saved; publish the run first");
        }
        return model;
    }

    /**
     * Returns the location of the saved version, for messages.
     *
     * @throws IllegalStateException if the model is not saved
     */
    public String location() {
        model();
        return location;
    }

    /** Returns the name under which the model is saved. */
    public String modelName() {
        return findings.modelName();
    }

    /** Returns the condition that the model detects, with the names of its classes. */
    public Target target() {
        return ModelRecipe.target(findings.settings());
    }

    /** Returns a hash of all that the run depends on: parts, recordings, seed and library. */
    public String identity() {
        return findings.identity();
    }

    /** Returns a hash of the recordings' contents and labels, not of their names or order. */
    public String dataFingerprint() {
        return findings.dataFingerprint();
    }

    /** Returns the version of this library; empty if it does not run from a jar. */
    public String library() {
        return findings.library();
    }

    /** Returns the seed of all random draws. */
    public long seed() {
        return findings.seed();
    }

    /** Returns the settings of all parts by path, defaults included. */
    public SortedMap<String, String> settings() {
        return findings.settings();
    }

    /** Returns the training, validation and test set, without rejected recordings. */
    public DatasetSplit split() {
        return findings.split();
    }

    /**
     * Returns the recordings of rooms in which nobody speaks, which were set apart before the split and are in no set; see
     * {@link io.github.spirabr.core.probe.AmbientOnly}.
     */
    public List<Recording> ambient() {
        return findings.ambient();
    }

    /** Returns the certificate of the split audit; empty without an audit. */
    public Optional<SplitCertificate> certificate() {
        return findings.certificate();
    }

    /** Returns the recordings that could not be used. */
    public List<RejectedRecording> rejected() {
        return findings.rejected();
    }

    /** Returns the losses of each epoch, in order. */
    public List<EpochSummary> epochs() {
        return findings.epochs();
    }

    /** Returns the epoch of the model, counted from 1. */
    public int bestEpoch() {
        return findings.bestEpoch();
    }

    /** Returns the choice of the threshold. */
    public OperatingPoint operatingPoint() {
        return findings.operatingPoint();
    }

    /** Returns the choice of the inconclusive band. */
    public Abstention abstention() {
        return findings.abstention();
    }

    /** Returns the rule that classifies probabilities, chosen on the validation set. */
    public DecisionRule decision() {
        return findings.decision();
    }

    /** Returns the evaluation of the model on the validation set. */
    public Evaluation validation() {
        return findings.validation();
    }

    /** Returns the evaluation of the model on the test set, with {@link #metrics}. */
    public Evaluation test() {
        return findings.test();
    }

    /** Returns recording-level metrics of the test set with 95 % confidence intervals. */
    public MetricEstimates metrics() {
        return findings.byRecording();
    }

    /** Returns subject-level metrics of the test set: of the mean probability of each subject's recordings. */
    public MetricEstimates subjectMetrics() {
        return findings.bySubject();
    }

    /** Returns session-level answers of the test set, see {@link #sessionMetrics}; empty if no recording tells its session. */
    public Optional<Evaluation> sessions() {
        List<Recording> recordings = split().test().recordings();
        return Sessions.areKnown(recordings) ? Optional.of(Sessions.of(test(), recordings)) : Optional.empty();
    }

    /**
     * Returns session-level metrics of the test set: of the mean probability of each session's recordings; empty if no
     * recording tells its session.
     */
    public MetricEstimates sessionMetrics() {
        return findings.bySession();
    }

    /**
     * Returns recording-level metrics of the test recordings outside of the inconclusive band; empty if there is no band, or
     * nothing outside of it.
     */
    public MetricEstimates decidedMetrics() {
        return findings.decided();
    }

    /** Returns recording-level metrics of every group of every column of the manifest. */
    public List<GroupMetrics> groups() {
        return findings.groups();
    }

    /** Returns evaluations of the test set under each evaluation protocol, in order. */
    public List<ProtocolEvaluation> protocols() {
        return findings.protocols();
    }

    /** Returns the results of the probes, in order. */
    public List<ProbeResult> probes() {
        return findings.probes();
    }

    /**
     * Returns the effects of the features of a network on one frame, such as logistic regression, the most important first; empty
     * for other networks, and where neither the features have names nor the network coefficients.
     */
    public List<FeatureEffect> featureEffects() {
        return findings.effects();
    }

    /** Returns the results of the probes by verdict. */
    public ProbeResult.Summary probeSummary() {
        return ProbeResult.Summary.of(findings.probes());
    }

    /** Returns the share of the test recordings outside of the inconclusive band, in [0, 1]; 1 without a band. */
    public double coverage() {
        Evaluation test = findings.test();
        return (double) decision().decided(test).map(one -> one.scores().size()).orElse(0) / test.scores().size();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TrainingRun that && findings.equals(that.findings);
    }

    @Override
    public int hashCode() {
        return findings.hashCode();
    }

    @Override
    public String toString() {
        return "TrainingRun " + findings.identity() + (model == null ? "" : " of " + model);
    }

    /** A builder of {@link TrainingRun}s for tests: the split, the validation and the test evaluation are required. */
    public static final class Builder {

        private String modelName = "spira";
        private String identity = "";
        private String dataFingerprint = "";
        private String library = "";
        private long seed = 0;
        private SortedMap<String, String> settings = Collections.emptySortedMap();
        private @Nullable DatasetSplit split;
        private List<Recording> ambient = List.of();
        private Optional<SplitCertificate> certificate = Optional.empty();
        private List<RejectedRecording> rejected = List.of();
        private List<EpochSummary> epochs = List.of();
        private int bestEpoch = 1;
        private OperatingPoint operatingPoint = OperatingPoint.fixed(Evaluator.DEFAULT_THRESHOLD);
        private Abstention abstention = Abstention.NONE;
        private DecisionRule decision = DecisionRule.STANDARD;
        private @Nullable Evaluation validation;
        private @Nullable Evaluation test;
        private MetricEstimates metrics = MetricEstimates.none();
        private MetricEstimates subjectMetrics = MetricEstimates.none();
        private MetricEstimates sessionMetrics = MetricEstimates.none();
        private MetricEstimates decidedMetrics = MetricEstimates.none();
        private List<GroupMetrics> groups = List.of();
        private List<ProtocolEvaluation> protocols = List.of();
        private List<ProbeResult> probes = List.of();
        private List<FeatureEffect> featureEffects = List.of();
        private @Nullable ModelVersion model;
        private String location = "";

        private Builder() {}

        private Builder(TrainingRun run) {
            modelName = run.modelName();
            identity = run.identity();
            dataFingerprint = run.dataFingerprint();
            library = run.library();
            seed = run.seed();
            settings = run.settings();
            split = run.split();
            ambient = run.ambient();
            certificate = run.certificate();
            rejected = run.rejected();
            epochs = run.epochs();
            bestEpoch = run.bestEpoch();
            operatingPoint = run.operatingPoint();
            abstention = run.abstention();
            decision = run.decision();
            validation = run.validation();
            test = run.test();
            metrics = run.metrics();
            subjectMetrics = run.subjectMetrics();
            sessionMetrics = run.sessionMetrics();
            decidedMetrics = run.decidedMetrics();
            groups = run.groups();
            protocols = run.protocols();
            probes = run.probes();
            featureEffects = run.featureEffects();
            model = run.model;
            location = run.location;
        }

        /** Sets {@link TrainingRun#modelName}; by default {@code spira}. */
        public Builder modelName(String value) {
            modelName = value;
            return this;
        }

        /** Sets {@link TrainingRun#identity}; by default empty. */
        public Builder identity(String value) {
            identity = value;
            return this;
        }

        /** Sets {@link TrainingRun#dataFingerprint}; by default empty. */
        public Builder dataFingerprint(String value) {
            dataFingerprint = value;
            return this;
        }

        /** Sets {@link TrainingRun#library}; by default empty. */
        public Builder library(String value) {
            library = value;
            return this;
        }

        /** Sets {@link TrainingRun#seed}; by default 0. */
        public Builder seed(long value) {
            seed = value;
            return this;
        }

        /** Sets {@link TrainingRun#settings}; by default empty. */
        public Builder settings(SortedMap<String, String> value) {
            settings = value;
            return this;
        }

        /** Sets {@link TrainingRun#split}; required. */
        public Builder split(DatasetSplit value) {
            split = value;
            return this;
        }

        /** Sets {@link TrainingRun#ambient}; by default empty. */
        public Builder ambient(List<Recording> value) {
            ambient = value;
            return this;
        }

        /** Sets {@link TrainingRun#certificate}; by default empty. */
        public Builder certificate(Optional<SplitCertificate> value) {
            certificate = value;
            return this;
        }

        /** Sets {@link TrainingRun#rejected}; by default empty. */
        public Builder rejected(List<RejectedRecording> value) {
            rejected = value;
            return this;
        }

        /** Sets {@link TrainingRun#epochs}; by default empty. */
        public Builder epochs(List<EpochSummary> value) {
            epochs = value;
            return this;
        }

        /** Sets {@link TrainingRun#bestEpoch}; by default 1. */
        public Builder bestEpoch(int value) {
            bestEpoch = value;
            return this;
        }

        /** Sets {@link TrainingRun#operatingPoint}; by default 0.5. */
        public Builder operatingPoint(OperatingPoint value) {
            operatingPoint = value;
            return this;
        }

        /** Sets {@link TrainingRun#abstention}; by default {@link Abstention#NONE}. */
        public Builder abstention(Abstention value) {
            abstention = value;
            return this;
        }

        /** Sets {@link TrainingRun#decision}; by default {@link DecisionRule#STANDARD}. */
        public Builder decision(DecisionRule value) {
            decision = value;
            return this;
        }

        /** Sets {@link TrainingRun#validation}; required. */
        public Builder validation(Evaluation value) {
            validation = value;
            return this;
        }

        /** Sets {@link TrainingRun#test}; required. */
        public Builder test(Evaluation value) {
            test = value;
            return this;
        }

        /** Sets {@link TrainingRun#metrics}; by default empty. */
        public Builder metrics(MetricEstimates value) {
            metrics = value;
            return this;
        }

        /** Sets {@link TrainingRun#subjectMetrics}; by default empty. */
        public Builder subjectMetrics(MetricEstimates value) {
            subjectMetrics = value;
            return this;
        }

        /** Sets {@link TrainingRun#sessionMetrics}; by default empty. */
        public Builder sessionMetrics(MetricEstimates value) {
            sessionMetrics = value;
            return this;
        }

        /** Sets {@link TrainingRun#decidedMetrics}; by default empty. */
        public Builder decidedMetrics(MetricEstimates value) {
            decidedMetrics = value;
            return this;
        }

        /** Sets {@link TrainingRun#groups}; by default empty. */
        public Builder groups(List<GroupMetrics> value) {
            groups = value;
            return this;
        }

        /** Sets {@link TrainingRun#protocols}; by default empty. */
        public Builder protocols(List<ProtocolEvaluation> value) {
            protocols = value;
            return this;
        }

        /** Sets {@link TrainingRun#probes}; by default empty. */
        public Builder probes(List<ProbeResult> value) {
            probes = value;
            return this;
        }

        /** Sets {@link TrainingRun#featureEffects}; by default empty. */
        public Builder featureEffects(List<FeatureEffect> value) {
            featureEffects = value;
            return this;
        }

        /** Sets the saved version and its place; by default the model is not saved. */
        public Builder model(ModelVersion version, String place) {
            model = version;
            location = place;
            return this;
        }

        /**
         * Builds the run.
         *
         * @throws MissingPartsException if a required part is missing; it names all of them
         */
        public TrainingRun build() {
            MissingPartsException.check("TrainingRun").part("a split", "split", split)
                    .part("an evaluation of the validation set", "validation", validation)
                    .part("an evaluation of the test set", "test", test).done();
            return new TrainingRun(
                    new RunFindings(
                            modelName, identity, dataFingerprint, library, seed, settings, split, ambient, certificate, rejected,
                            epochs,
                            bestEpoch, operatingPoint, abstention, decision, validation, test.withMetrics(metrics), metrics,
                            subjectMetrics, sessionMetrics, decidedMetrics, groups, protocols, probes,
                            featureEffects),
                    model, location);
        }
    }
}
