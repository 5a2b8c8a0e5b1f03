package io.github.spirabr.core.probe;

import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.ComponentProvider;
import io.github.spirabr.core.component.InvalidSettingException;
import io.github.spirabr.core.component.Setting;
import io.github.spirabr.core.component.Settings;
import io.github.spirabr.core.evaluation.Evaluation;
import io.github.spirabr.core.evaluation.Metric;
import io.github.spirabr.core.evaluation.MetricEstimate;
import io.github.spirabr.core.evaluation.MetricEstimates;
import io.github.spirabr.core.probe.ProbeResult.Measurement;
import io.github.spirabr.core.probe.ProbeResult.Verdict;
import io.github.spirabr.core.random.RandomStreams;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A probe that trains on permuted labels, where a model must stay at chance. In the training set and in the validation
 * set, half of the subjects of each class, drawn anew for each training, get the other label, so that labels and truth
 * are independent. The mean AUROC over the trainings, with its interval by Student's t, becomes a verdict by {@link
 * ProbeRules#mustNotShow}. A model that is not at chance has learned the truth from something other than its labels.
 *
 * <p>It trains several times, and therefore is not used by default.
 */
public final class PermutedLabels implements Probe {

    private static final String TYPE = "permuted-labels";
    private static final String QUESTION = "Does a model trained on shuffled labels stay at chance, as it must?";
    private static final int USUAL = 5;
    private static final int MOST = 1000;
    private static final int LEAST_SUBJECTS = 2;

    private final int trainings;
    private final double bound;

    private PermutedLabels(int trainings, double bound) {
        this.trainings = trainings;
        this.bound = bound;
    }

    /**
     * Returns a probe with an AUROC of {@value ProbeRules#CLASS_SHOWS} as the bound.
     *
     * @param trainings 2 to 1000; 5 are usual
     */
    public static PermutedLabels of(int trainings) {
        if (trainings < 2 || trainings > MOST) {
            throw new InvalidSettingException("trainings", "must be between 2 and " + MOST + ", but was " + trainings);
        }
        return new PermutedLabels(trainings, ProbeRules.CLASS_SHOWS);
    }

    /** Returns a copy with another bound of the mean AUROC: above 0.5, at most 1. */
    public PermutedLabels bound(double auroc) {
        ProbeRules.requireBound(auroc);
        return new PermutedLabels(trainings, auroc);
    }

    @Override
    public ProbeResult examine(ProbedModel model) {
        List<List<Recording>> sides =
                List.of(model.split().training().recordings(), model.split().validation().recordings());
        for (List<Recording> side : sides) {
            for (List<String> subjects : strata(side).values()) {
                if (subjects.size() < LEAST_SUBJECTS) {
                    return new ProbeResult(TYPE, QUESTION, Verdict.INCONCLUSIVE,
                            "There are too few subjects of a class to shuffle the labels.", List.of());
                }
            }
        }
        List<Measurement> measurements = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        for (int i = 1; i <= trainings; i++) {
            long seed = model.random().stream("permutation", i, "").nextLong();
            Map<String, Label> labels = new HashMap<>();
            sides.forEach(side -> swap(side, new RandomStreams(seed), labels));
            Evaluation answers = model.testTrainedOn(labels, seed);
            MetricEstimate auroc = ProbeRules.auroc(answers, model);
            measurements.add(Measurement.of("AUROC, training " + i, auroc));
            values.add(auroc.value());
        }
        MetricEstimates.Spread spread = MetricEstimates.Spread.of(Metric.AUROC, values, 0);
        Measurement first = measurements.get(0);
        measurements.add(0, new Measurement("mean AUROC", spread.mean(), spread.lower(), spread.upper(), first.recordings(),
                first.subjects()));
        Verdict verdict = ProbeRules.mustNotShow(
                MetricEstimate.builder(Metric.AUROC, spread.mean())
                        .interval(spread.lower(), spread.upper())
                        .answers(first.recordings())
                        .subjects(first.subjects())
                        .imprecise(true)
                        .build(), bound);
        return new ProbeResult(TYPE, QUESTION, verdict, finding(spread, verdict), measurements);
    }

    private String finding(MetricEstimates.Spread spread, Verdict verdict) {
        String what = String.format(Locale.ROOT, "Over %d trainings on shuffled labels the mean AUROC is %s",
                trainings, ProbeRules.text(spread.mean(), spread.lower(), spread.upper()));
        return switch (verdict) {
            case PASSED -> what + ", which is chance.";
            case INCONCLUSIVE -> what + "; more trainings are needed to exclude chance.";
            default -> what + ", and should be 0.5: something other than the labels gives the class away.";
        };
    }

    /** Returns the subjects by the classes of their recordings. */
    private static Map<String, List<String>> strata(List<Recording> side) {
        Map<String, Set<Label>> classes = new TreeMap<>();
        side.forEach(one ->
                classes.computeIfAbsent(one.subject(), any -> EnumSet.noneOf(Label.class)).add(one.label()));
        Map<String, List<String>> strata = new TreeMap<>();
        classes.forEach((subject, its) -> strata.computeIfAbsent(its.toString(), any -> new ArrayList<>()).add(subject));
        return strata;
    }

    /** Gives half of the subjects of each stratum the other label. */
    private static void swap(List<Recording> side, RandomStreams random, Map<String, Label> labels) {
        for (List<String> subjects : strata(side).values()) {
            Map<String, Long> places = new HashMap<>();
            subjects.forEach(subject -> places.put(subject, random.stream("swapped", 0, subject).nextLong()));
            List<String> order = subjects.stream()
                    .sorted(Comparator.<String, Long>comparing(places::get).thenComparing(Comparator.naturalOrder()))
                    .toList();
            Set<String> swapped = Set.copyOf(order.subList(0, order.size() / 2));
            side.stream().filter(one -> swapped.contains(one.subject())).forEach(one ->
                    labels.put(one.id(), one.label() == Label.PATIENT ? Label.CONTROL : Label.PATIENT));
        }
    }

    @Override
    public ComponentDescription description() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("trainings", trainings);
        settings.put("bound", bound);
        return new ComponentDescription(TYPE, settings);
    }

    @Override
    public String toString() {
        return TYPE + description().settings();
    }

    /** Registers {@code permuted-labels}: where wanted {@code trainings} (5) and {@code bound} (0.7). */
    public static final class Provider extends ComponentProvider<Probe> {

        /** Called by {@link java.util.ServiceLoader}. */
        public Provider() {
            super(Probe.class, TYPE,
                    Setting.integer("trainings", "Number of trainings on shuffled labels.").between(2, MOST).byDefault(USUAL),
                    ProbeRules.BOUND);
        }

        @Override
        protected Probe create(Settings settings) {
            return of(settings.integer("trainings")).bound(settings.number("bound"));
        }
    }
}
