package io.github.spirabr.report.run;

import io.github.spirabr.core.evaluation.Estimate;
import io.github.spirabr.core.evaluation.Metric;
import io.github.spirabr.core.evaluation.MetricEstimate;
import io.github.spirabr.core.evaluation.MetricEstimates;
import io.github.spirabr.core.recording.Label;
import java.util.List;
import java.util.Locale;

/** Numbers and metrics as people read them. */
final class Figures {

    static final String UNDEFINED = "not defined";

    private Figures() {}

    /** Returns the estimates for a main table. */
    static List<MetricEstimate> main(MetricEstimates estimates) {
        return estimates.all().stream().filter(one -> !one.metric().isClinical()).toList();
    }

    /** With three decimals; a number that is none is said to be so. */
    static String of(double value) {
        return Double.isNaN(value) ? UNDEFINED : String.format(Locale.ROOT, "%.3f", value);
    }

    /** A confidence interval. */
    static String interval(double lower, double upper) {
        return Double.isNaN(lower) || Double.isNaN(upper) ? "no interval" : of(lower) + " to " + of(upper);
    }

    /** A value, and below it the interval. */
    static String of(Estimate estimate) {
        return of(estimate.value()) + (Double.isNaN(estimate.value()) ? "" : "\n" + interval(estimate.lower(), estimate.upper()));
    }

    /** A count with its noun. */
    static String count(long count, String one) {
        return count + " " + (count == 1 ? one : one + "s");
    }

    static String name(Metric metric) {
        return switch (metric) {
            case ACCURACY -> "Accuracy";
            case BALANCED_ACCURACY -> "Balanced accuracy";
            case SENSITIVITY -> "Sensitivity";
            case SPECIFICITY -> "Specificity";
            case POSITIVE_PREDICTIVE_VALUE -> "Positive predictive value";
            case NEGATIVE_PREDICTIVE_VALUE -> "Negative predictive value";
            case F1 -> "F1";
            case AUROC -> "AUROC";
            case AUPRC -> "AUPRC";
            case BRIER_SCORE -> "Brier score";
            case LOG_LOSS -> "Log loss";
            case CALIBRATION_ERROR -> "Calibration error";
            case MATTHEWS_CORRELATION -> "Matthews\u2019 correlation";
            case COHENS_KAPPA -> "Cohen\u2019s kappa";
            case SENSITIVITY_AT_90_SPECIFICITY -> "Sensitivity at 90 % specificity";
            case SENSITIVITY_AT_95_SPECIFICITY -> "Sensitivity at 95 % specificity";
            case SPECIFICITY_AT_90_SENSITIVITY -> "Specificity at 90 % sensitivity";
            case SPECIFICITY_AT_95_SENSITIVITY -> "Specificity at 95 % sensitivity";
            case PARTIAL_AUROC -> "Partial AUROC";
            case BRIER_SKILL -> "Brier skill";
            case POSITIVE_LIKELIHOOD_RATIO -> "Positive likelihood ratio";
            case NEGATIVE_LIKELIHOOD_RATIO -> "Negative likelihood ratio";
        };
    }

    /** Describes a metric in a few words. */
    static String meaning(Metric metric, Classes classes) {
        return switch (metric) {
            case ACCURACY -> "share of right answers";
            case BALANCED_ACCURACY -> "mean of sensitivity and specificity; UAR";
            case SENSITIVITY -> share(classes.positives(), classes.called(Label.PATIENT));
            case SPECIFICITY -> share(classes.negatives(), classes.called(Label.CONTROL));
            case POSITIVE_PREDICTIVE_VALUE -> among(classes.positives(), classes.called(Label.PATIENT));
            case NEGATIVE_PREDICTIVE_VALUE -> among(classes.negatives(), classes.called(Label.CONTROL));
            case F1 -> "harmonic mean of sensitivity and positive predictive value";
            case AUROC -> classes.named()
                    ? "probability that one of " + classes.positives() + " is scored above one of " + classes.negatives()
                    : "probability that a patient is scored above a control";
            case AUPRC -> "mean precision over recall";
            case BRIER_SCORE -> "mean squared error of the probability; less is better";
            case LOG_LOSS -> "mean cross-entropy in nats; less is better";
            case CALIBRATION_ERROR -> "mean distance of probabilities from shares; less is better";
            case MATTHEWS_CORRELATION -> "correlation of answers with classes, from -1 to 1";
            case COHENS_KAPPA -> "agreement of answers with classes beyond chance";
            case SENSITIVITY_AT_90_SPECIFICITY, SENSITIVITY_AT_95_SPECIFICITY, SPECIFICITY_AT_90_SENSITIVITY,
                    SPECIFICITY_AT_95_SENSITIVITY -> "of the ROC, at a threshold that these answers choose";
            case PARTIAL_AUROC -> "area where the specificity is at least 90 %; chance gives 0.5 (McClish)";
            case BRIER_SKILL -> "1 - Brier score / that of the share of " + classes.positives() + "; chance gives 0";
            case POSITIVE_LIKELIHOOD_RATIO -> "factor of the odds if classified as " + classes.positive();
            case NEGATIVE_LIKELIHOOD_RATIO -> "factor of the odds if classified as " + classes.negative() + "; less is better";
        };
    }

    private static String share(String members, String name) {
        return "share of " + members + " classified as " + name;
    }

    private static String among(String members, String name) {
        return "share of " + members + " among those classified as " + name;
    }

    /** Returns the name used in {@code provenance.properties} and {@code report.json}. */
    static String key(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
