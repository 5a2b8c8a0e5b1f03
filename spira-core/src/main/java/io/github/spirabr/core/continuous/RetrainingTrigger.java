package io.github.spirabr.core.continuous;

import io.github.spirabr.core.evaluation.Metric;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A condition for training again. Implementations are immutable. */
@FunctionalInterface
public interface RetrainingTrigger {

    /**
     * Returns the reason to retrain; empty if there is none. Not called before the first training, and not when nothing
     * has changed, except for {@link #age}.
     */
    Optional<String> fires(Situation situation);

    /**
     * Fires when this number of recordings is new or corrected.
     *
     * @param count at least 1
     */
    static RetrainingTrigger newRecordings(int count) {
        requirePositive("the number of new recordings", count);
        return now -> now.newRecordings() >= count
                ? Optional.of(now.newRecordings() + " new or corrected recordings, at least " + count)
                : Optional.empty();
    }

    /**
     * Fires when this number of subjects is new.
     *
     * @param count at least 1
     */
    static RetrainingTrigger newSubjects(int count) {
        requirePositive("the number of new subjects", count);
        return now -> now.newSubjects() >= count
                ? Optional.of(now.newSubjects() + " new subjects, at least " + count)
                : Optional.empty();
    }

    /**
     * Fires when new recordings are this share of those of the last training.
     *
     * @param share above 0, such as 0.1
     */
    static RetrainingTrigger growth(double share) {
        if (!(share > 0)) {
            throw new IllegalArgumentException("the share of growth must be above 0, but was " + share);
        }
        return now -> {
            double grown = (double) now.newRecordings() / now.trainedRecordings();
            return grown >= share
                    ? Optional.of(String.format(Locale.ROOT, "the data grew by %.3f, at least %s", grown, share))
                    : Optional.empty();
        };
    }

    /**
     * Fires when the last training is this long ago, even if nothing is new.
     *
     * @param age positive
     */
    static RetrainingTrigger age(Duration age) {
        if (age.isNegative() || age.isZero()) {
            throw new IllegalArgumentException("the age must be longer than 0 seconds, but was " + age);
        }
        return now -> now.age().filter(past -> past.compareTo(age) >= 0)
                .map(past -> "the last training is " + past + " past, at least " + age);
    }

    /**
     * Fires when the champion is worse on new recordings than on held-out ones.
     *
     * @param metric the compared metric
     * @param drop the least drop, above 0, in the metric's unit
     */
    static RetrainingTrigger dropOnFreshData(Metric metric, double drop) {
        if (!(drop > 0)) {
            throw new IllegalArgumentException("the drop of " + metric + " must be above 0, but was " + drop);
        }
        return now -> {
            double held = now.held().getOrDefault(metric, Double.NaN);
            double fresh = now.fresh().getOrDefault(metric, Double.NaN);
            double dropped = metric.moreIsBetter() ? held - fresh : fresh - held;
            return dropped >= drop
                    ? Optional.of(String.format(Locale.ROOT, "%s is %.3f on new recordings, where it was %.3f on held-out ones:"
                            + " worse by %.3f, at least %s", metric, fresh, held, dropped, drop))
                    : Optional.empty();
        };
    }

    /** Fires when recordings of the last training were removed, such as those of a subject who withdrew consent. */
    static RetrainingTrigger withdrawals() {
        return now -> now.withdrawnRecordings() > 0
                ? Optional.of(now.withdrawnRecordings() + " recordings of the last training are gone")
                : Optional.empty();
    }

    private static void requirePositive(String what, int count) {
        if (count < 1) {
            throw new IllegalArgumentException(what + " must be at least 1, but was " + count);
        }
    }

    /**
     * The situation that a trigger is evaluated on: the changes since the last training.
     *
     * @param trainedRecordings number of recordings at the last training; 0 if there was none
     * @param newRecordings number of recordings that are new, or have a new label, subject or content
     * @param newSubjects number of their subjects that are new
     * @param withdrawnRecordings number of removed recordings
     * @param age time since the last training; empty if there was none
     * @param held the champion's metrics on held-out recordings at its promotion; empty if they are not known
     * @param fresh its metrics on new recordings; empty if there is no champion, or nothing new
     */
    record Situation(
            int trainedRecordings,
            int newRecordings,
            int newSubjects,
            int withdrawnRecordings,
            Optional<Duration> age,
            Map<Metric, Double> held,
            Map<Metric, Double> fresh) {

        /** Copies the maps. */
        public Situation {
            held = copy(held);
            fresh = copy(fresh);
        }

        private static Map<Metric, Double> copy(Map<Metric, Double> figures) {
            Map<Metric, Double> copy = new EnumMap<>(Metric.class);
            copy.putAll(figures);
            return Collections.unmodifiableMap(copy);
        }
    }
}
