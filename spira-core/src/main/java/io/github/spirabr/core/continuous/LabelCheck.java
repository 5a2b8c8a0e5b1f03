package io.github.spirabr.core.continuous;

import io.github.spirabr.core.evaluation.Evaluation;
import io.github.spirabr.core.evaluation.Metric;
import io.github.spirabr.core.recording.Label;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * Whether a model's answers speak against the labels of a batch: it ranks controls above patients, and by more than chance
 * explains (Mann and Whitney 1947, one-sided, normal approximation without ties). Recordings are taken for independent. A
 * model that is no better than chance, or a batch that it does not understand, gives a ranking near to none; one that is
 * upside down is more likely a column that was filled in the wrong way round.
 */
final class LabelCheck {

    private static final int LEAST = 5;
    private static final double LEVEL = 0.01;

    private LabelCheck() {}

    /** What speaks against the labels, in words for people; empty if nothing does, or there are too few of a class. */
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
