package io.github.spirabr.core.pipeline;

import io.github.spirabr.core.audio.AudioException;
import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.Components;
import io.github.spirabr.core.evaluation.Evaluation;
import io.github.spirabr.core.evaluation.Evaluator;
import io.github.spirabr.core.evaluation.Metric;
import io.github.spirabr.core.evaluation.MetricEstimates;
import io.github.spirabr.core.evaluation.PairedComparison;
import io.github.spirabr.core.evaluation.RecordingScore;
import io.github.spirabr.core.internal.adapter.LogisticRegression;
import io.github.spirabr.core.internal.adapter.Standardisation;
import io.github.spirabr.core.model.FeatureStream;
import io.github.spirabr.core.preprocessing.FeatureExtractor;
import io.github.spirabr.core.preprocessing.Preprocessing;
import io.github.spirabr.core.preprocessing.PreprocessingException;
import io.github.spirabr.core.preprocessing.PreprocessingPlan;
import io.github.spirabr.core.preprocessing.ShortRecordingException;
import io.github.spirabr.core.preprocessing.UnfittedPreprocessing;
import io.github.spirabr.core.preprocessing.WholeRecording;
import io.github.spirabr.core.probe.ProbeResult;
import io.github.spirabr.core.probe.ProbeResult.Measurement;
import io.github.spirabr.core.probe.ProbeResult.Verdict;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A logistic regression (L2 penalty of 1, standardised features) on the speech statistics of whole recordings, trained on a run's
 * training set and compared with the run's network on its test set. Recordings are as they are decoded, without transforms.
 * Immutable.
 */
final class Baseline {

    /** The type of the feature extractor. */
    private static final String FEATURES = "speech-statistics";
    /** The type of the linear network. */
    private static final String LINEAR = "logistic";

    private static final String QUESTION =
            "Is the network better than logistic regression on statistics of the speech, such as its pauses?";
    /** The compared metrics; the first decides. */
    private static final List<Metric> COMPARED = List.of(Metric.AUROC, Metric.ACCURACY);
    private static final Duration LEAST_LENGTH = Duration.ofMillis(100);
    /** Five subjects who all speak for one side do so by chance with a probability of 2 / 2^5, which is more than 5 %. */
    private static final int LEAST_SUBJECTS = 6;

    private final Preprocessing preprocessing;

    private Baseline(FeatureExtractor extractor) {
        this.preprocessing =
                Preprocessing.builder().window(WholeRecording.of(LEAST_LENGTH)).extract(extractor).build();
    }

    /** Returns the extractor on the class path, with its defaults; empty if there is none. */
    private static Optional<FeatureExtractor> features() {
        Components components = Components.discover();
        if (!components.types(FeatureExtractor.class).contains(FEATURES)) {
            RunLog.withoutBaseline(FEATURES);
            return Optional.empty();
        }
        return Optional.of(components.create(
                FeatureExtractor.class, "baseline", new ComponentDescription(FEATURES, Map.of())));
    }

    /**
     * Returns the baseline of a pipeline; empty if it has none, if the features are not on the class path, or if its network is
     * a linear model of them itself.
     */
    static Optional<Baseline> of(PipelineParts parts) {
        if (!parts.baseline()) {
            return Optional.empty();
        }
        String linearOn = parts.model().description().type().equals(LINEAR) ? extractor(parts.preprocessing()) : "";
        return Optional.ofNullable(parts.baselineFeatures()).or(Baseline::features)
                .filter(one -> !one.description().type().equals(linearOn)).map(Baseline::new);
    }

    private static String extractor(PreprocessingPlan plan) {
        FeatureExtractor extractor = plan instanceof Preprocessing fitted
                ? fitted.extractor() : ((UnfittedPreprocessing) plan).extractor();
        return extractor.description().type();
    }

    /** Returns the extractor of the features. */
    FeatureExtractor extractor() {
        return preprocessing.extractor();
    }

    /**
     * Trains the regression, and compares it with the network.
     *
     * @param network the network's decided answers to the test set
     */
    ProbeResult compare(RunContext run, PreparedRun prepared, Evaluation network) {
        FeatureWorks works = new FeatureWorks(run.threads(), run.waveforms(), preprocessing, run.random(), run.budget(),
                run.stored(preprocessing), null);
        try {
            Evaluation answers = answers(works, prepared.usable().training().recordings(),
                    prepared.usable().test().recordings());
            return result(answers, network, run.random().stream(ProbeResult.BASELINE).nextLong());
        } catch (AudioException | PreprocessingException | ShortRecordingException | IllegalArgumentException e) {
            return new ProbeResult(ProbeResult.BASELINE, QUESTION, Verdict.INCONCLUSIVE,
                    "The baseline could not be trained: " + e.getMessage(), List.of());
        }
    }

    private static Evaluation answers(FeatureWorks works, List<Recording> training, List<Recording> test) {
        List<float[]> rows = vectors(works, training);
        Standardisation standardisation = new Standardisation(rows.get(0).length);
        rows.forEach(row -> standardisation.add(row, 1));
        double[] means = standardisation.means();
        double[] deviations = standardisation.deviations();
        boolean[] patients = new boolean[rows.size()];
        for (int i = 0; i < patients.length; i++) {
            patients[i] = training.get(i).label() == Label.PATIENT;
        }
        LogisticRegression regression = LogisticRegression.fit(
                rows.stream().map(row -> standardised(row, means, deviations)).toList(), patients);
        List<float[]> asked = vectors(works, test);
        List<RecordingScore> scores = new ArrayList<>();
        for (int i = 0; i < asked.size(); i++) {
            Recording one = test.get(i);
            scores.add(new RecordingScore(one.id(), one.subject(), one.label(),
                    regression.probability(standardised(asked.get(i), means, deviations)), List.of()));
        }
        return Evaluation.of(scores, Evaluator.DEFAULT_THRESHOLD);
    }

    private static double[] standardised(float[] row, double[] means, double[] deviations) {
        double[] standardised = new double[row.length];
        for (int i = 0; i < row.length; i++) {
            standardised[i] = (row[i] - means[i]) / deviations[i];
        }
        return standardised;
    }

    private static List<float[]> vectors(FeatureWorks works, List<Recording> recordings) {
        List<float[]> vectors = new ArrayList<>(recordings.size());
        try (FeatureStream stream = works.evaluation(recordings).open()) {
            stream.forEachRemaining(one -> vectors.add(one.windows().get(0).toArray()));
        }
        return vectors;
    }

    private static ProbeResult result(Evaluation baseline, Evaluation network, long seed) {
        List<Measurement> measurements = new ArrayList<>();
        MetricEstimates ofBaseline = MetricEstimates.of(baseline, COMPARED, TestMetrics.REPLICATES, seed);
        MetricEstimates ofNetwork = MetricEstimates.of(network, COMPARED, TestMetrics.REPLICATES, seed);
        boolean enough = network.subjects() >= LEAST_SUBJECTS;
        List<PairedComparison> comparisons = COMPARED.stream()
                .map(metric -> PairedComparison.of(baseline, network, metric, TestMetrics.REPLICATES, seed)).toList();
        for (PairedComparison compared : comparisons) {
            Metric metric = compared.metric();
            measurements.add(new Measurement(metric + ", network less baseline", compared.difference(),
                    enough ? compared.lower() : Double.NaN, enough ? compared.upper() : Double.NaN,
                    ofNetwork.answers(), ofNetwork.subjects()));
            measurements.add(Measurement.of(metric + ", network", ofNetwork.metric(metric)));
            measurements.add(Measurement.of(metric + ", baseline", ofBaseline.metric(metric)));
        }
        Measurement deciding = measurements.get(0);
        Verdict verdict = deciding.lower() > 0 ? Verdict.PASSED
                : deciding.upper() < 0 ? Verdict.WARNING : Verdict.INCONCLUSIVE;
        return new ProbeResult(ProbeResult.BASELINE, QUESTION, verdict, finding(comparisons.get(0), verdict), measurements);
    }

    private static String finding(PairedComparison compared, Verdict verdict) {
        String figures = String.format(Locale.ROOT, "The AUROC of the network is %.3f, that of the baseline %.3f: ",
                compared.second(), compared.first());
        if (Double.isNaN(compared.difference()) || compared.difference() == 0) {
            return figures + "neither is better.";
        }
        String better = String.format(Locale.ROOT, "the %s is better by %.3f", compared.difference() > 0 ? "network" : "baseline",
                Math.abs(compared.difference()));
        return figures + better
                + (verdict == Verdict.INCONCLUSIVE ? ", which may be chance." : ", which is beyond chance (95 % interval).");
    }
}
