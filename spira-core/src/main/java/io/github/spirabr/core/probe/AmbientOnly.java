package io.github.spirabr.core.probe;

import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.ComponentProvider;
import io.github.spirabr.core.component.Settings;
import io.github.spirabr.core.evaluation.Evaluation;
import io.github.spirabr.core.evaluation.MetricEstimate;
import io.github.spirabr.core.probe.ProbeResult.Measurement;
import io.github.spirabr.core.probe.ProbeResult.Verdict;
import io.github.spirabr.core.recording.Label;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A probe that asks the model about the room alone: recordings of the test subjects in which nobody speaks (the task {@code
 * ambient-noise}), which no training has seen. A room that tells the class to the model is no speech.
 *
 * <p>The class shows if the AUROC of these answers differs from one half at the level {@value #LEVEL}, two-sided, by exchanging
 * the labels between subjects: so strict, since a false alarm keeps a good model out. Then the verdict is a failure if the
 * AUROC is at or beyond the bound, otherwise a warning. If the class does not show, the probe has passed if the interval of the
 * AUROC does not reach the bound; otherwise it is inconclusive.
 *
 * <p>It joins the probes of every run with ambient recordings by itself, unless the run has no probe at all.
 */
public final class AmbientOnly implements Probe {

    /** The type under which it is described. */
    public static final String TYPE = "ambient";

    private static final double LEVEL = 0.01;
    private static final int PERMUTATIONS = 9999;
    private static final String QUESTION =
            "Asked about recordings of the room alone, in which nobody speaks: does the class still show? It must not.";

    private final double bound;

    private AmbientOnly(double bound) {
        this.bound = bound;
    }

    /** Returns the probe with an AUROC of {@value ProbeRules#CLASS_SHOWS} as the bound. */
    public static AmbientOnly standard() {
        return new AmbientOnly(ProbeRules.CLASS_SHOWS);
    }

    /** Returns a copy with another bound of the AUROC: above 0.5, at most 1. */
    public AmbientOnly bound(double auroc) {
        ProbeRules.requireBound(auroc);
        return new AmbientOnly(auroc);
    }

    @Override
    public ProbeResult examine(ProbedModel model) {
        Optional<Evaluation> ambient = model.ambient();
        if (ambient.isEmpty()) {
            return inconclusive("Not applicable: the test subjects have no ambient recordings that can be used.");
        }
        Evaluation answers = ambient.get();
        for (Label label : Label.values()) {
            if (answers.scores().stream().noneMatch(one -> one.label() == label)) {
                return inconclusive("Not applicable: the test subjects of the class " + label + " have no ambient recordings that"
                        + " can be used.");
            }
        }
        MetricEstimate auroc = ProbeRules.auroc(answers, model);
        double chance = SubjectPermutation.pValue(answers, PERMUTATIONS, model.random().stream("probes", 0, TYPE));
        Verdict verdict = verdict(auroc, chance);
        return new ProbeResult(TYPE, QUESTION, verdict, finding(auroc, chance, verdict), List.of(
                Measurement.of("AUROC, ambient recordings", auroc),
                new Measurement("probability of such an AUROC by chance", chance, Double.NaN, Double.NaN,
                        auroc.answers(), auroc.subjects()),
                Measurement.of("AUROC, test recordings", ProbeRules.auroc(model.test(), model))));
    }

    private static ProbeResult inconclusive(String finding) {
        return new ProbeResult(TYPE, QUESTION, Verdict.INCONCLUSIVE, finding, List.of());
    }

    private Verdict verdict(MetricEstimate auroc, double chance) {
        boolean strong = Math.abs(auroc.value() - 0.5) >= bound - 0.5;
        if (chance <= LEVEL) {
            return strong ? Verdict.FAILED : Verdict.WARNING;
        }
        boolean narrow = auroc.upper() < bound && auroc.lower() > 1 - bound;
        boolean constant = auroc.value() == 0.5 && Double.isNaN(auroc.lower());
        return narrow || constant ? Verdict.PASSED : Verdict.INCONCLUSIVE;
    }

    private static String finding(MetricEstimate auroc, double chance, Verdict verdict) {
        String what = String.format(Locale.ROOT, "By the room alone the model has an AUROC of %s, by chance with a probability of"
                + " %.4f", ProbeRules.text(auroc), chance);
        return switch (verdict) {
            case PASSED -> what + ": without a speaker it does not know the class.";
            case INCONCLUSIVE -> what + "; there are too few subjects to exclude that the room tells the class.";
            case WARNING -> what + ": it may have learned the room in place of speech.";
            case FAILED -> what + ": it has learned the room in place of speech.";
        };
    }

    @Override
    public ComponentDescription description() {
        return new ComponentDescription(TYPE, Map.of("bound", bound));
    }

    @Override
    public String toString() {
        return TYPE + description().settings();
    }

    /** Registers {@code ambient}: where wanted {@code bound} (0.7). */
    public static final class Provider extends ComponentProvider<Probe> {

        /** Called by {@link java.util.ServiceLoader}. */
        public Provider() {
            super(Probe.class, TYPE, ProbeRules.BOUND);
        }

        @Override
        protected Probe create(Settings settings) {
            return standard().bound(settings.number("bound"));
        }
    }
}
