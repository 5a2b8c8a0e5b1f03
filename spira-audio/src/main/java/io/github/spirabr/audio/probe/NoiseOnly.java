package io.github.spirabr.audio.probe;

import io.github.spirabr.audio.internal.DigitalSilence;
import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.ComponentProvider;
import io.github.spirabr.core.component.Setting;
import io.github.spirabr.core.component.Settings;
import io.github.spirabr.core.evaluation.Evaluation;
import io.github.spirabr.core.evaluation.MetricEstimate;
import io.github.spirabr.core.probe.Probe;
import io.github.spirabr.core.probe.ProbeResult;
import io.github.spirabr.core.probe.ProbeResult.Measurement;
import io.github.spirabr.core.probe.ProbeResult.Verdict;
import io.github.spirabr.core.probe.ProbeRules;
import io.github.spirabr.core.probe.ProbedModel;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A probe that cuts the speech out: does the class still show? It keeps only the quietest stretches of 50 ms of each test
 * recording, a tenth of them by default, and loops them to the median length of the test recordings, so that neither
 * speech, nor pauses, nor durations are left. The AUROC of the model's answers to these becomes a verdict by {@link
 * ProbeRules#mustNotShow}: a model that still tells the classes apart has learned the room and not the speaker.
 *
 * <p>Stretches of exact zeros, as tools that cut and pad recordings leave them, are no background and are cut out first; where
 * nothing is left in most recordings of a class, the probe is inconclusive.
 *
 * <p>In a recording without pauses the quietest stretches are soft speech; there the class may show for a good reason.
 */
public final class NoiseOnly implements Probe {

    private static final String TYPE = "noise-only";
    private static final String QUESTION =
            "With the speech cut out, so that only the background is left: does the class still show? It must not.";
    private static final double TENTH = 0.1;

    private final double share;
    private final double bound;

    private NoiseOnly(double share, double bound) {
        this.share = share;
        this.bound = bound;
    }

    /** Returns the probe of the quietest tenth, with an AUROC of {@value ProbeRules#CLASS_SHOWS} as the bound. */
    public static NoiseOnly standard() {
        return new NoiseOnly(TENTH, ProbeRules.CLASS_SHOWS);
    }

    /** Returns a copy with another share of the stretches that is kept: above 0, at most 1. */
    public NoiseOnly share(double kept) {
        if (!(kept > 0 && kept <= 1)) {
            throw new IllegalArgumentException("the share that is kept must be above 0 and at most 1, but was " + kept);
        }
        return new NoiseOnly(kept, bound);
    }

    /** Returns a copy with another bound of the AUROC: above 0.5, at most 1. */
    public NoiseOnly bound(double auroc) {
        ProbeRules.requireBound(auroc);
        return new NoiseOnly(share, auroc);
    }

    @Override
    public ProbeResult examine(ProbedModel model) {
        int[] lengths = model.map(model.split().test().recordings(), recording -> model.read(recording).length())
                .stream().mapToInt(Integer::intValue).sorted().toArray();
        int median = lengths[lengths.length / 2];
        Set<String> silent = new TreeSet<>();
        List<Recording> test = model.split().test().recordings();
        List<Boolean> left = model.map(test, one -> DigitalSilence.cutFrom(model.read(one)).isPresent());
        for (int i = 0; i < left.size(); i++) {
            if (!left.get(i)) {
                silent.add(test.get(i).id());
            }
        }
        for (Label label : Label.values()) {
            List<Recording> its = test.stream().filter(one -> one.label() == label).toList();
            long without = its.stream().filter(one -> silent.contains(one.id())).count();
            if (2 * without > its.size()) {
                return new ProbeResult(TYPE, QUESTION, Verdict.INCONCLUSIVE, without + " of " + its.size() + " test recordings of"
                        + " the class " + label + " hold nothing but digital silence, which is no background.", List.of());
            }
        }
        Evaluation background = model.test((waveform, recording) ->
                        QuietParts.of(DigitalSilence.cutFrom(waveform).orElse(waveform), share, median))
                .where(one -> !silent.contains(one.recording())).orElseThrow();
        MetricEstimate auroc = ProbeRules.auroc(background, model);
        MetricEstimate plain = ProbeRules.auroc(model.test(), model);
        Verdict verdict = ProbeRules.mustNotShow(auroc, bound);
        return new ProbeResult(TYPE, QUESTION, verdict, finding(auroc, plain, verdict), List.of(
                Measurement.of("AUROC, background only", auroc), Measurement.of("AUROC, unchanged", plain)));
    }

    private static String finding(MetricEstimate auroc, MetricEstimate plain, Verdict verdict) {
        String what = "By the background alone the model has an AUROC of " + ProbeRules.text(auroc) + ", by the whole of "
                + ProbeRules.text(plain);
        return switch (verdict) {
            case PASSED -> what + ": without speech it does not know the class.";
            case INCONCLUSIVE -> what + "; there are too few subjects to exclude chance.";
            case WARNING -> what + ": it may have learned the background in place of speech.";
            case FAILED -> what + ": it has learned the background in place of speech.";
        };
    }

    @Override
    public ComponentDescription description() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("share", share);
        settings.put("bound", bound);
        return new ComponentDescription(TYPE, settings);
    }

    @Override
    public String toString() {
        return TYPE + description().settings();
    }

    /** Registers {@code noise-only}: where wanted {@code share} (0.1) and {@code bound} (0.7). */
    public static final class Provider extends ComponentProvider<Probe> {

        /** Called by {@link java.util.ServiceLoader}. */
        public Provider() {
            super(Probe.class, TYPE,
                    Setting.number("share", "Share of the quietest stretches that is kept.").above(0).atMost(1).byDefault(TENTH),
                    ProbeRules.BOUND);
        }

        @Override
        protected Probe create(Settings settings) {
            return standard().share(settings.number("share"))
                    .bound(settings.number("bound"));
        }
    }
}
