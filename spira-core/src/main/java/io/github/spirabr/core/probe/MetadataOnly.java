package io.github.spirabr.core.probe;

import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.evaluation.Evaluation;
import io.github.spirabr.core.evaluation.Metric;
import io.github.spirabr.core.evaluation.MetricEstimate;
import io.github.spirabr.core.evaluation.PairedComparison;
import io.github.spirabr.core.evaluation.RecordingScore;
import io.github.spirabr.core.internal.adapter.PlainText;
import io.github.spirabr.core.probe.ProbeResult.Measurement;
import io.github.spirabr.core.probe.ProbeResult.Verdict;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A probe that measures how well columns of the manifest and simple measures of the sound alone predict the class. A
 * logistic regression (L2 penalty, standardised columns) is trained on these alone on the training set, and evaluated
 * on the test set.
 *
 * <p>It warns if the AUROC is at or above the bound or certainly above one half, see {@link ProbeRules#mustNotShow}: a
 * model can then learn these in place of speech, and its metrics do not show whether it did. It never fails: data that
 * reveal the class do not prove that this model used it.
 */
public final class MetadataOnly implements Probe {

    /** The type under which it is described. */
    public static final String TYPE = "metadata-only";

    private static final String QUESTION =
            "How well do the manifest's columns and simple measures of the sound separate the classes, without any speech?";
    private static final int NAMED = 5;

    private final Function<Waveform, Map<String, Double>> measures;
    private final Set<String> without;
    private final double bound;

    private MetadataOnly(Function<Waveform, Map<String, Double>> measures, Set<String> without, double bound) {
        this.measures = measures;
        this.without = without;
        this.bound = bound;
    }

    /**
     * Returns a probe on all columns and these measures.
     *
     * @param measures measures of a recording, finite numbers by name; called on several threads
     */
    public static MetadataOnly of(Function<Waveform, Map<String, Double>> measures) {
        return new MetadataOnly(measures, Set.of(), ProbeRules.CLASS_SHOWS);
    }

    /** Returns a copy without some columns or measures, such as one that was collected after the diagnosis. */
    public MetadataOnly without(List<String> names) {
        return new MetadataOnly(measures, names.stream().map(PlainText::of).collect(Collectors.toUnmodifiableSet()), bound);
    }

    /**
     * Returns a copy with another bound of the AUROC: above 0.5, at most 1; by default {@value ProbeRules#CLASS_SHOWS}.
     */
    public MetadataOnly bound(double auroc) {
        ProbeRules.requireBound(auroc);
        return new MetadataOnly(measures, without, auroc);
    }

    /** The name of one column, and how well it does alone. */
    private record Alone(String name, MetricEstimate auroc) {}

    @Override
    public ProbeResult examine(ProbedModel model) {
        List<Covariate> training = covariates(model, model.split().training().recordings());
        List<Covariate> test = covariates(model, model.split().test().recordings());
        CovariateColumns columns = CovariateColumns.of(training, without);
        if (columns.names().isEmpty()) {
            return new ProbeResult(TYPE, QUESTION, Verdict.INCONCLUSIVE,
                    "No column and no measure differs between recordings.", List.of());
        }
        Evaluation answers = CovariateModel.fit(columns, training).answers(test);
        MetricEstimate auroc = ProbeRules.auroc(answers, model);
        List<Alone> alone = columns.names().stream()
                .map(name -> new Alone(name, ProbeRules.auroc(
                        CovariateModel.fit(columns.only(name), training).answers(test), model)))
                .sorted(Comparator.comparingDouble((Alone one) -> -one.auroc.value()).thenComparing(Alone::name))
                .limit(NAMED)
                .toList();
        PairedComparison against = PairedComparison.of(
                answers, model.test(), Metric.AUROC, ProbeRules.REPLICATES, ProbeRules.seed(model));
        MetricEstimate agreement = agreement(answers, model);
        List<Measurement> measurements = new ArrayList<>();
        measurements.add(Measurement.of("AUROC, metadata only", auroc));
        measurements.add(Measurement.of("AUROC, model", ProbeRules.auroc(model.test(), model)));
        measurements.add(new Measurement("AUROC, model less metadata only", against.difference(),
                against.lower(), against.upper(),
                auroc.answers(), auroc.subjects()));
        measurements.add(Measurement.of("AUROC of metadata only for what the model calls a patient", agreement));
        alone.forEach(one -> measurements.add(Measurement.of("AUROC, " + one.name + " alone", one.auroc)));
        Verdict strict = ProbeRules.mustNotShow(auroc, bound);
        Verdict verdict = strict == Verdict.FAILED ? Verdict.WARNING : strict;
        return new ProbeResult(TYPE, QUESTION, verdict, finding(auroc, alone, verdict), measurements);
    }

    /** Computes how well the metadata predict the model's decisions, right or wrong. */
    private static MetricEstimate agreement(Evaluation answers, ProbedModel model) {
        Map<String, Boolean> called = new LinkedHashMap<>();
        model.test().scores().forEach(one -> called.put(one.recording(), one.probability() >= model.test().threshold()));
        return ProbeRules.auroc(
                Evaluation.of(
                        answers.scores().stream()
                                .map(one -> new RecordingScore(
                                        one.recording(), one.subject(),
                                        Boolean.TRUE.equals(called.get(one.recording())) ? Label.PATIENT : Label.CONTROL,
                                        one.probability(), one.windows()))
                                .toList(),
                        0.5),
                model);
    }

    private static String finding(MetricEstimate auroc, List<Alone> alone, Verdict verdict) {
        Alone best = alone.get(0);
        String what = "Without any speech the AUROC is " + ProbeRules.text(auroc) + "; the strongest single one is '"
                + best.name + "', " + ProbeRules.text(best.auroc);
        return switch (verdict) {
            case PASSED -> what + ".";
            case INCONCLUSIVE -> what + "; there are too few subjects to exclude chance.";
            default -> what + ": a model can learn this instead of speech.";
        };
    }

    private List<Covariate> covariates(ProbedModel model, List<Recording> recordings) {
        return model.map(recordings, recording -> {
            Waveform waveform = model.read(recording);
            Map<String, String> columns = new LinkedHashMap<>(recording.metadata());
            waveform.source().ifPresent(source -> {
                columns.put("codec", source.codec());
                columns.put("sampleRate", Integer.toString(source.sampleRate()));
                columns.put("channels", Integer.toString(source.channels()));
            });
            return new Covariate(recording, columns, measures.apply(waveform));
        });
    }

    @Override
    public ComponentDescription description() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("bound", bound);
        settings.put("without", List.copyOf(new TreeSet<>(without)));
        return new ComponentDescription(TYPE, settings);
    }

    @Override
    public String toString() {
        return TYPE + description().settings();
    }
}
