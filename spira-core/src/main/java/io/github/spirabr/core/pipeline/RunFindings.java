package io.github.spirabr.core.pipeline;

import io.github.spirabr.core.audit.SplitCertificate;
import io.github.spirabr.core.dataset.DatasetSplit;
import io.github.spirabr.core.evaluation.Abstention;
import io.github.spirabr.core.evaluation.DecisionRule;
import io.github.spirabr.core.evaluation.Evaluation;
import io.github.spirabr.core.evaluation.GroupMetrics;
import io.github.spirabr.core.evaluation.MetricEstimates;
import io.github.spirabr.core.evaluation.OperatingPoint;
import io.github.spirabr.core.model.EpochSummary;
import io.github.spirabr.core.probe.ProbeResult;
import io.github.spirabr.core.recording.Recording;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The content of a {@link TrainingRun} without its model. Contains no time, path or machine: equal runs have equal
 * findings.
 *
 * @param modelName the name under which the model is saved
 * @param identity a hash of all that the run depends on: parts, recordings, seed and library
 * @param dataFingerprint data fingerprint of the recordings' contents and labels, not of their names or order
 * @param library the version of this library; empty if it does not run from a jar
 * @param seed the seed of all random draws
 * @param settings settings of all parts, defaults included, by path
 * @param split the split
 * @param ambient recordings of rooms in which nobody speaks, which are in no set
 * @param certificate certificate of the split; empty if no audit was requested
 * @param rejected recordings that could not be used, within the limits
 * @param epochs the summary of each epoch, in order
 * @param bestEpoch the epoch whose model was kept, counted from 1
 * @param operatingPoint the choice of the threshold
 * @param abstention the choice of the inconclusive band
 * @param decision the decision rule, chosen on validation data
 * @param validation the kept model's answers to the validation recordings
 * @param test its answers to the held-out recordings
 * @param byRecording recording-level metrics of these answers with 95 % confidence intervals
 * @param bySubject subject-level metrics, of the mean of each subject's recordings
 * @param bySession session-level metrics, of the mean of each session's recordings; empty if no session is known
 * @param decided recording-level metrics of the answers outside of the inconclusive band; empty if there is no band, or
 *     nothing outside of it
 * @param groups recording-level metrics of every group of every column of the manifest
 * @param protocols its answers to the held-out recordings under each requested evaluation protocol
 * @param probes the results of the probes, in the order of the request
 * @param effects the effects of the features of a network on one frame; empty for others
 */
record RunFindings(
        String modelName,
        String identity,
        String dataFingerprint,
        String library,
        long seed,
        SortedMap<String, String> settings,
        DatasetSplit split,
        List<Recording> ambient,
        Optional<SplitCertificate> certificate,
        List<RejectedRecording> rejected,
        List<EpochSummary> epochs,
        int bestEpoch,
        OperatingPoint operatingPoint,
        Abstention abstention,
        DecisionRule decision,
        Evaluation validation,
        Evaluation test,
        MetricEstimates byRecording,
        MetricEstimates bySubject,
        MetricEstimates bySession,
        MetricEstimates decided,
        List<GroupMetrics> groups,
        List<ProtocolEvaluation> protocols,
        List<ProbeResult> probes,
        List<FeatureEffect> effects) {

    /** Copies the collections. */
    public RunFindings {
        settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
        ambient = List.copyOf(ambient);
        rejected = List.copyOf(rejected);
        epochs = List.copyOf(epochs);
        groups = List.copyOf(groups);
        protocols = List.copyOf(protocols);
        probes = List.copyOf(probes);
        effects = List.copyOf(effects);
    }
}
