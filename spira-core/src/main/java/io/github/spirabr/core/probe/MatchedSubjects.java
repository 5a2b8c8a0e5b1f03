package io.github.spirabr.core.probe;

import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.ComponentProvider;
import io.github.spirabr.core.component.Setting;
import io.github.spirabr.core.component.Settings;
import io.github.spirabr.core.evaluation.Evaluation;
import io.github.spirabr.core.evaluation.Metric;
import io.github.spirabr.core.evaluation.MetricEstimate;
import io.github.spirabr.core.internal.adapter.PlainText;
import io.github.spirabr.core.probe.ProbeResult.Measurement;
import io.github.spirabr.core.probe.ProbeResult.Verdict;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A probe that compares the metrics of matched subjects, whom the manifest's columns cannot tell apart, with those of
 * all. A logistic regression on the columns, trained on the training set, gives each test subject the log odds of being
 * a patient (the propensity); each patient, in a random order, is paired with the nearest remaining control, within a
 * caliper of 0.2 standard deviations
 * (Rosenbaum and Rubin 1985; Austin 2011). A model that is worse among pairs has used the columns.
 *
 * <ul>
 *   <li>failed: among pairs the AUROC's interval holds one half, and lies below that of all subjects;
 *   <li>a warning: the AUROC drops by more than is allowed;
 *   <li>inconclusive: there are too few pairs, or no column that could be matched on;
 *   <li>passed otherwise.
 * </ul>
 */
public final class MatchedSubjects implements Probe {

    private static final String TYPE = "matched-subjects";
    private static final String QUESTION =
            "Does the model still separate patients from controls who are alike in the manifest's columns?";
    private static final double CALIPER = 0.2;
    private static final int LEAST_PAIRS = 10;

    private final Set<String> columns;
    private final Set<String> without;
    private final double largestDrop;

    private MatchedSubjects(Set<String> columns, Set<String> without, double largestDrop) {
        this.columns = columns;
        this.without = without;
        this.largestDrop = largestDrop;
    }

    /** Returns a probe on all columns of the manifest, which allows a drop of 0.1. */
    public static MatchedSubjects onAllColumns() {
        return new MatchedSubjects(Set.of(), Set.of(), 0.1);
    }

    /** Returns a copy that uses these columns only; all columns if the list is empty. */
    public MatchedSubjects columns(List<String> names) {
        return new MatchedSubjects(names.stream().map(PlainText::of).collect(Collectors.toUnmodifiableSet()), without, largestDrop);
    }

    /** Returns a copy that uses all columns but these. */
    public MatchedSubjects without(List<String> names) {
        return new MatchedSubjects(columns, names.stream().map(PlainText::of).collect(Collectors.toUnmodifiableSet()), largestDrop);
    }

    /** Returns a copy with another largest allowed drop of the AUROC: 0 to 1. */
    public MatchedSubjects largestDrop(double drop) {
        if (!(drop >= 0 && drop <= 1)) {
            throw new IllegalArgumentException("largestDrop must be in [0, 1], but was " + drop);
        }
        return new MatchedSubjects(columns, without, drop);
    }

    /** A subject of the test set, with the log odds computed from its columns. */
    private record Candidate(String subject, double logit) {}

    @Override
    public ProbeResult examine(ProbedModel model) {
        List<Covariate> training = model.split().training().recordings().stream().map(this::covariate).toList();
        List<Covariate> test = model.split().test().recordings().stream().map(this::covariate).toList();
        CovariateColumns usable = CovariateColumns.of(training, without);
        MetricEstimate all = ProbeRules.auroc(model.test(), model);
        List<Measurement> measurements = new ArrayList<>();
        measurements.add(Measurement.of("AUROC, all subjects", all));
        measurements.add(Measurement.of(
                "balanced accuracy, all subjects", ProbeRules.estimate(model.test(), Metric.BALANCED_ACCURACY, model)));
        if (usable.names().isEmpty()) {
            return new ProbeResult(TYPE, QUESTION, Verdict.INCONCLUSIVE,
                    "No column of the manifest divides the subjects of the training set into groups, so there is nothing to match"
                            + " on.",
                    measurements);
        }
        CovariateModel propensity = CovariateModel.fit(usable, training);
        Set<String> pairs = pairs(model, test, propensity);
        if (pairs.isEmpty()) {
            return new ProbeResult(TYPE, QUESTION, Verdict.INCONCLUSIVE, String.format(Locale.ROOT,
                    "No patient has a matching control in %s.", String.join(", ", usable.names())), measurements);
        }
        Evaluation matched = among(model.test(), pairs);
        MetricEstimate auroc = ProbeRules.auroc(matched, model);
        measurements.add(Measurement.of("AUROC, matched subjects", auroc));
        measurements.add(Measurement.of(
                "balanced accuracy, matched subjects", ProbeRules.estimate(matched, Metric.BALANCED_ACCURACY, model)));
        measurements.add(Measurement.of("AUROC of the columns, all subjects", ProbeRules.auroc(propensity.answers(test), model)));
        measurements.add(Measurement.of("AUROC of the columns, matched subjects",
                ProbeRules.auroc(among(propensity.answers(test), pairs), model)));
        Verdict verdict = verdict(all, auroc, pairs.size() / 2);
        return new ProbeResult(TYPE, QUESTION, verdict, String.format(Locale.ROOT,
                "Among %d pairs of a patient and a control that are alike in %s the AUROC is %s, among all subjects %s%s.",
                pairs.size() / 2, String.join(", ", usable.names()), ProbeRules.text(auroc), ProbeRules.text(all),
                verdict == Verdict.INCONCLUSIVE ? "; these are too few pairs for a conclusion" : ""), measurements);
    }

    private Verdict verdict(MetricEstimate all, MetricEstimate matched, int pairs) {
        if (pairs < LEAST_PAIRS) {
            return Verdict.INCONCLUSIVE;
        }
        if (matched.lower() <= 0.5 && matched.upper() < all.lower()) {
            return Verdict.FAILED;
        }
        return all.value() - matched.value() > largestDrop ? Verdict.WARNING : Verdict.PASSED;
    }

    private static Evaluation among(Evaluation evaluation, Set<String> subjects) {
        return evaluation.where(score -> subjects.contains(score.subject())).orElseThrow();
    }

    private Covariate covariate(Recording recording) {
        Map<String, String> its = new TreeMap<>(recording.metadata());
        if (!columns.isEmpty()) {
            its.keySet().retainAll(columns);
        }
        return new Covariate(recording, its, Map.of());
    }

    /** Returns the matched subjects and their partners. */
    private static Set<String> pairs(ProbedModel model, List<Covariate> test, CovariateModel propensity) {
        List<Candidate> patients = new ArrayList<>();
        List<Candidate> controls = new ArrayList<>();
        Map<String, List<Covariate>> bySubject = new TreeMap<>();
        test.forEach(row -> bySubject.computeIfAbsent(row.recording().subject(), any -> new ArrayList<>()).add(row));
        List<Double> logits = new ArrayList<>();
        bySubject.forEach((subject, rows) -> {
            Set<Label> labels = new HashSet<>();
            rows.forEach(row -> labels.add(row.recording().label()));
            if (labels.size() == 1) {
                double logit = rows.stream().mapToDouble(propensity::logit).average().orElseThrow();
                (labels.contains(Label.PATIENT) ? patients : controls).add(new Candidate(subject, logit));
                logits.add(logit);
            }
        });
        double mean = logits.stream().mapToDouble(one -> one).average().orElse(0);
        double variance = logits.stream().mapToDouble(one -> (one - mean) * (one - mean)).average().orElse(0);
        Map<String, Long> order = new HashMap<>();
        patients.forEach(one ->
                order.put(one.subject, model.random().stream("matching", 0, one.subject).nextLong()));
        patients.sort(Comparator.comparing((Candidate one) -> order.get(one.subject)).thenComparing(Candidate::subject));
        Set<String> paired = new TreeSet<>();
        for (Candidate patient : patients) {
            controls.stream()
                    .filter(one -> Math.abs(one.logit - patient.logit) <= CALIPER * Math.sqrt(variance))
                    .min(Comparator.comparingDouble((Candidate one) -> Math.abs(one.logit - patient.logit))
                            .thenComparing(Candidate::subject))
                    .ifPresent(control -> {
                        controls.remove(control);
                        paired.add(patient.subject);
                        paired.add(control.subject);
                    });
        }
        return paired;
    }

    @Override
    public ComponentDescription description() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("columns", List.copyOf(new TreeSet<>(columns)));
        settings.put("without", List.copyOf(new TreeSet<>(without)));
        settings.put("largestDrop", largestDrop);
        return new ComponentDescription(TYPE, settings);
    }

    @Override
    public String toString() {
        return TYPE + description().settings();
    }

    /**
     * Registers {@code matched-subjects}: where wanted the {@code columns} to match on, or those to do it {@code without},
     * and {@code largestDrop} (0.1).
     */
    public static final class Provider extends ComponentProvider<Probe> {

        /** Called by {@link java.util.ServiceLoader}. */
        public Provider() {
            super(Probe.class, TYPE,
                    Setting.texts("columns", "Columns of the manifest to match on; all of them if the list is empty.").byDefault(List.of()),
                    Setting.texts("without", "Columns of the manifest that are not matched on.").byDefault(List.of()),
                    Robustness.Bounds.LARGEST_DROP);
        }

        @Override
        protected Probe create(Settings settings) {
            return onAllColumns()
                    .columns(settings.strings("columns"))
                    .without(settings.strings("without"))
                    .largestDrop(settings.number("largestDrop"));
        }
    }
}
