package io.github.spirabr.core.probe;

import io.github.spirabr.core.component.Setting;
import io.github.spirabr.core.component.Settings;
import io.github.spirabr.core.component.SettingsDeclaration;
import io.github.spirabr.core.evaluation.Evaluation;
import io.github.spirabr.core.evaluation.Metric;
import io.github.spirabr.core.evaluation.MetricEstimate;
import io.github.spirabr.core.evaluation.PairedComparison;
import io.github.spirabr.core.evaluation.RecordingScore;
import io.github.spirabr.core.probe.ProbeResult.Measurement;
import io.github.spirabr.core.probe.ProbeResult.Verdict;
import io.github.spirabr.core.recording.Label;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * An examination of the effect of a change to the recordings that preserves the speech: the share of decisions that
 * flip, and the drop of the AUROC.
 *
 * <p>A change does harm if more decisions flip than are allowed, or the AUROC drops by more than is allowed; the harm
 * is certain if the whole 95 % interval (by bootstrap over subjects; for the drop, paired) lies beyond. Certain harm
 * fails where the answers must not change, any other harm is a warning. Without harm a probe has passed, or is
 * inconclusive if the interval of the flips reaches twice the allowed share.
 */
public final class Robustness {

    /**
     * The allowed effects.
     *
     * @param largestFlips share of the decisions that may flip, in [0, 1]
     * @param largestDrop largest drop of the AUROC, in [0, 1]
     * @param mustHold whether certain harm fails, rather than warns
     */
    public record Bounds(double largestFlips, double largestDrop, boolean mustHold) {

        static final Setting LARGEST_DROP =
                Setting.number("largestDrop", "Largest allowed drop of the AUROC.").between(0, 1).byDefault(0.1);

        /** Refuses values that are not a share. */
        public Bounds {
            requireShare("largestFlips", largestFlips);
            requireShare("largestDrop", largestDrop);
        }

        private static void requireShare(String name, double value) {
            if (!(value >= 0 && value <= 1)) {
                throw new IllegalArgumentException(name + " must be in [0, 1], but was " + value);
            }
        }

        /**
         * Declares these settings, with 0.1 for both bounds.
         *
         * @param mustHold the default
         */
        public static SettingsDeclaration settings(boolean mustHold) {
            return SettingsDeclaration.of(
                    Setting.number("largestFlips", "Share of the decisions that may change.").between(0, 1).byDefault(0.1),
                    LARGEST_DROP,
                    Setting.truth("mustHold", "Whether certain harm fails the probe; otherwise it is a warning.")
                            .byDefault(mustHold));
        }

        /** Reads the settings that {@link #settings} declares. */
        public static Bounds read(Settings settings) {
            return new Bounds(settings.number("largestFlips"), settings.number("largestDrop"), settings.bool("mustHold"));
        }

        /** Adds these settings. */
        public void describe(Map<String, Object> settings) {
            settings.put("largestFlips", largestFlips);
            settings.put("largestDrop", largestDrop);
            settings.put("mustHold", mustHold);
        }
    }

    private Robustness() {}

    /** The effect of one change. */
    private record Outcome(String change, MetricEstimate flips, PairedComparison auroc) {

        double drop() {
            return -auroc.difference();
        }

        boolean harms(Bounds bounds) {
            return flips.value() > bounds.largestFlips || drop() > bounds.largestDrop;
        }

        boolean harmsForCertain(Bounds bounds) {
            return flips.lower() > bounds.largestFlips || -auroc.upper() > bounds.largestDrop;
        }

        String sentence() {
            return String.format(Locale.ROOT, "%s %.1f %% of the calls flip and the AUROC goes from %.3f to %.3f",
                    change, 100 * flips.value(), auroc.first(), auroc.second());
        }
    }

    /**
     * Changes the test set in each way and compares.
     *
     * @param model the examined model
     * @param name name of the probe
     * @param question question of the probe
     * @param changes changes, by a name such as {@code mu-law}, in their order, at least one
     * @param bounds the allowed effects
     */
    public static ProbeResult examine(
            ProbedModel model,
            String name,
            String question,
            Map<String, ProbedModel.WaveformChange> changes,
            Bounds bounds) {
        Evaluation plain = model.test();
        List<Measurement> measurements = new ArrayList<>();
        measurements.add(Measurement.of("AUROC, unchanged", ProbeRules.auroc(plain, model)));
        measurements.add(Measurement.of(
                "balanced accuracy, unchanged", ProbeRules.estimate(plain, Metric.BALANCED_ACCURACY, model)));
        List<Outcome> outcomes = new ArrayList<>();
        changes.forEach((change, how) -> {
            Evaluation changed = model.test(how);
            MetricEstimate flips = flips(plain, changed, model);
            PairedComparison auroc = PairedComparison.of(
                    plain, changed, Metric.AUROC, ProbeRules.REPLICATES, ProbeRules.seed(model));
            measurements.add(Measurement.of("AUROC, " + change, ProbeRules.auroc(changed, model)));
            measurements.add(Measurement.of(
                    "balanced accuracy, " + change, ProbeRules.estimate(changed, Metric.BALANCED_ACCURACY, model)));
            measurements.add(new Measurement("AUROC change, " + change, auroc.difference(), auroc.lower(), auroc.upper(),
                    flips.answers(), flips.subjects()));
            measurements.add(Measurement.of("flipped calls, " + change, flips));
            outcomes.add(new Outcome(change, flips, auroc));
        });
        Verdict verdict = verdict(outcomes, bounds);
        return new ProbeResult(name, question, verdict, finding(outcomes, verdict, bounds), measurements);
    }

    /** Computes the share of the recordings whose class changes, by bootstrap over subjects. */
    private static MetricEstimate flips(Evaluation plain, Evaluation changed, ProbedModel model) {
        List<RecordingScore> against = new ArrayList<>();
        for (int i = 0; i < plain.scores().size(); i++) {
            RecordingScore before = plain.scores().get(i);
            RecordingScore after = changed.scores().get(i);
            boolean flipped = before.probability() >= plain.threshold() != after.probability() >= changed.threshold();
            // A flip counts as a patient that is found, so that the sensitivity is the share of the flips; of one class, so
            // that subjects are drawn whatever they were called.
            against.add(new RecordingScore(
                    after.recording(), after.subject(), Label.PATIENT, flipped ? 1 : 0, after.windows()));
        }
        return ProbeRules.estimate(Evaluation.of(against, 0.5), Metric.SENSITIVITY, model);
    }

    private static Verdict verdict(List<Outcome> outcomes, Bounds bounds) {
        if (outcomes.stream().anyMatch(one -> one.harms(bounds))) {
            boolean certain = outcomes.stream().anyMatch(one -> one.harmsForCertain(bounds));
            return bounds.mustHold && certain ? Verdict.FAILED : Verdict.WARNING;
        }
        boolean wide = outcomes.stream().anyMatch(one -> one.flips.upper() > 2 * bounds.largestFlips);
        return wide ? Verdict.INCONCLUSIVE : Verdict.PASSED;
    }

    private static String finding(List<Outcome> outcomes, Verdict verdict, Bounds bounds) {
        Outcome worst = outcomes.get(0);
        for (Outcome one : outcomes) {
            boolean worse = Math.max(one.flips.value() - bounds.largestFlips, one.drop() - bounds.largestDrop)
                    > Math.max(worst.flips.value() - bounds.largestFlips, worst.drop() - bounds.largestDrop);
            worst = worse ? one : worst;
        }
        String what = (outcomes.size() > 1 ? "At worst, under " : "Under ") + worst.sentence();
        return switch (verdict) {
            case PASSED -> what + "; the answers hold.";
            case INCONCLUSIVE -> what + "; there are too few subjects for a conclusion.";
            default -> what + String.format(Locale.ROOT,
                    "; allowed are %.1f %% flips and a drop of %.2f.", 100 * bounds.largestFlips, bounds.largestDrop);
        };
    }
}
