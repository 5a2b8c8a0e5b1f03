package io.github.spirabr.core.pipeline;

import io.github.spirabr.core.audio.AudioReader;
import io.github.spirabr.core.audit.SplitAudit;
import io.github.spirabr.core.dataset.RecordingSource;
import io.github.spirabr.core.dataset.Splitter;
import io.github.spirabr.core.evaluation.Abstention;
import io.github.spirabr.core.evaluation.DecisionRule;
import io.github.spirabr.core.evaluation.Evaluation;
import io.github.spirabr.core.evaluation.OperatingPoint;
import io.github.spirabr.core.model.Aggregation;
import io.github.spirabr.core.model.CheckpointStore;
import io.github.spirabr.core.model.ModelFactory;
import io.github.spirabr.core.model.ModelTrainer;
import io.github.spirabr.core.model.UntrainedModel;
import io.github.spirabr.core.preprocessing.EvaluationProtocol;
import io.github.spirabr.core.preprocessing.FeatureCache;
import io.github.spirabr.core.preprocessing.FeatureExtractor;
import io.github.spirabr.core.preprocessing.Preprocessing;
import io.github.spirabr.core.preprocessing.PreprocessingPlan;
import io.github.spirabr.core.probe.Probe;
import io.github.spirabr.core.quality.QualityLimits;
import io.github.spirabr.core.random.RandomStreams;
import io.github.spirabr.core.recording.Target;
import io.github.spirabr.core.registry.ModelRepository;
import io.github.spirabr.core.work.Parallelism;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The parts of a pipeline. */
record PipelineParts(
        RecordingSource recordings,
        AudioReader reader,
        PreprocessingPlan preprocessing,
        List<EvaluationProtocol> protocols,
        List<Probe> probes,
        boolean baseline,
        @Nullable FeatureExtractor baselineFeatures,
        @Nullable RunReporter reporter,
        @Nullable FeatureCache featureCache,
        Splitter split,
        @Nullable SplitAudit audit,
        RejectionPolicy rejections,
        ModelFactory model,
        ModelTrainer trainer,
        OperatingPoint operatingPoint,
        boolean calibrate,
        Aggregation aggregation,
        Abstention abstention,
        QualityLimits qualityLimits,
        ModelRepository models,
        String modelName,
        Target target,
        boolean labelsBySession,
        SortedMap<String, String> furtherProvenance,
        long seed,
        Parallelism parallelism,
        OptionalLong cacheSize,
        int trainingsAtATime,
        @Nullable CheckpointStore checkpoints,
        @Nullable WorkStore workStore,
        boolean rerun,
        PipelineListener listener) {

    /** Returns the same parts without a listener. */
    PipelineParts silent() {
        return copy(preprocessing, probes, new PipelineListener() {});
    }

    /** Returns the same parts with one probe more. */
    PipelineParts withProbe(Probe probe) {
        return copy(preprocessing, Stream.concat(probes.stream(), Stream.of(probe)).toList(), listener);
    }

    /** Returns the same parts with another preprocessing. */
    PipelineParts withPreprocessing(PreprocessingPlan plan) {
        return copy(plan, probes, listener);
    }

    private PipelineParts copy(PreprocessingPlan plan, List<Probe> otherProbes, PipelineListener otherListener) {
        return new PipelineParts(recordings, reader, plan, protocols, otherProbes, baseline, baselineFeatures, reporter,
                featureCache, split, audit, rejections, model, trainer, operatingPoint, calibrate, aggregation, abstention,
                qualityLimits, models, modelName, target, labelsBySession, furtherProvenance, seed, parallelism, cacheSize,
                trainingsAtATime, checkpoints, workStore, rerun, otherListener);
    }

    /** Checks that the repositories which these stages write to can be written. */
    void requireWritable(Set<Stage> stages) {
        if (stages.contains(Stage.PUBLISH)) {
            models.requireWritable();
        }
        if (workStore != null && !stages.isEmpty()) {
            workStore.outcomes().requireWritable();
        }
    }

    /** Returns the threads of this run, where several trainings share them. */
    Parallelism threads() {
        return parallelism.dividedBy(trainingsAtATime);
    }

    /** Returns the bytes of the cache of this run. */
    long cacheBytes() {
        return cacheSize.orElse(Runtime.getRuntime().maxMemory() / 4 / trainingsAtATime);
    }

    /** Chooses the decision on the answers to the validation set. */
    DecisionRule decision(Evaluation validation) {
        return DecisionRule.choose(validation, aggregation, calibrate, operatingPoint, abstention);
    }

    /** Creates an untrained network for the output of this preprocessing. */
    UntrainedModel untrained(Preprocessing fitted) {
        return untrained(fitted, new RandomStreams(seed));
    }

    UntrainedModel untrained(Preprocessing fitted, RandomStreams random) {
        UntrainedModel untrained = model.create(fitted.inputShape(reader.sampleRate()), random);
        if (framesVary(fitted) && !untrained.takesLongerWindows()) {
            throw new IllegalArgumentException("the windows of " + fitted.windowing().description().type()
                    + " are of several lengths, but the network " + model.description().type()
                    + " takes one length only; choose a network that averages over time, or windows of one length");
        }
        return untrained;
    }

    /** Returns whether longer windows have more frames, which they have not where the features of a window are one vector. */
    private boolean framesVary(Preprocessing fitted) {
        int shortest = fitted.windowing().windowLength(reader.sampleRate());
        return fitted.windowing().lengthsVary()
                && fitted.extractor().frames(2 * shortest) != fitted.extractor().frames(shortest);
    }

    /**
     * Checks that evaluation adds nothing that training adds.
     *
     * @throws io.github.spirabr.core.preprocessing.PreprocessingException if a protocol, also one of a probe, adds noises that
     *     an augmentation adds too
     */
    void requireOwnMaterial() {
        Stream.concat(protocols.stream(), probes.stream().flatMap(probe -> probe.protocols().stream()))
                .forEach(protocol -> protocol.refuseMaterialOf(preprocessing.augmentations()));
    }
}
