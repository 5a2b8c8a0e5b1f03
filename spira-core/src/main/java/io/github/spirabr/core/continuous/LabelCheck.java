package io.github.spirabr.core.continuous;

import io.github.spirabr.core.evaluation.Evaluation;
import io.github.spirabr.core.evaluation.Metric;
import io.github.spirabr.core.recording.Label;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * A check of the labels of a batch by a model's answers: they are suspect if the model ranks controls above patients
 * beyond chance (Mann and Whitney 1947, one-sided, normal approximation without ties). Recordings are treated as
 * independent. A model that is no better than chance, or that does not fit the batch, ranks almost at random; an
 * inverted ranking is more likely a column with exchanged labels.
 */
final class LabelCheck {

    private static final int LEAST = 5;
    private static final double LEVEL = 0.01;

    private LabelCheck() {}

    /** Returns the reason to suspect the labels; empty if there is none, or there are too few recordings of a class. */
    static Optional<String> suspicion(Evaluation answers) {
        long controls = count(answers, Label.CONTROL);
        long patients = count(answers, Label.PATIENT);
        if (controls < LEAST || patients < LEAST) {
            return Optional.empty();
        }
        double auroc = answers.value(Metric.AUROC);
        double deviation = Math.sqrt((controls + patients + 1) / (12.0 * controls * patients));
        double chance = new NormalDistribution(null, 0, 1).cumulativeProbability((auroc - 0.5) / deviation);
        return chance < LEVEL
                ? Optional.of(String.format(Locale.ROOT, "the champion ranks the %d controls above the %d patients that arrived"
                        + " (AUROC %.3f, by chance with a probability of %.2g): the labels may be the wrong way round", controls,
                        patients, auroc, chance))
                : Optional.empty();
    }

    private static long count(Evaluation answers, Label label) {
        return answers.scores().stream().filter(one -> one.label() == label).count();
    }
}
