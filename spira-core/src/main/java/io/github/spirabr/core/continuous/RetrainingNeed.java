package io.github.spirabr.core.continuous;

import io.github.spirabr.core.evaluation.Metric;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The decision whether a round trains a challenger, and the outcome of the round otherwise. */
final class RetrainingNeed {

    private final RoundContext round;
    private final Arrivals arrivals;

    RetrainingNeed(RoundContext round, Arrivals arrivals) {
        this.round = round;
        this.arrivals = arrivals;
    }

    /** Returns the reason for a training; empty if there is none. */
    Optional<String> reason() {
        TrainingState state = round.state();
        if (state.trained.isEmpty()) {
            return arrivals.snapshot().entries().isEmpty() ? Optional.empty() : Optional.of("the first training");
        }
        Round.Data data = arrivals.unsplit();
        RetrainingTrigger.Situation situation = new RetrainingTrigger.Situation(
                arrivals.trained().entries().size(), data.newRecordings(), data.newSubjects(), data.withdrawnRecordings(),
                state.trainedAt.map(at -> Duration.between(at, round.started())), state.held, freshFigures());
        List<String> reasons = round.parts().triggers().stream()
                .map(one -> one.fires(situation)).flatMap(Optional::stream).toList();
        return reasons.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", reasons));
    }

    private Map<Metric, Double> freshFigures() {
        Map<Metric, Double> fresh = new EnumMap<>(Metric.class);
        arrivals.fresh().ifPresent(answers -> {
            for (Metric metric : Metric.values()) {
                fresh.put(metric, answers.value(metric));
            }
        });
        return fresh;
    }

    /** Returns the outcome of a round without a reason for a training. */
    Round.Outcome otherwise() {
        if (hasChanged()) {
            return Round.Outcome.WAITING;
        }
        return !arrivals.quarantined().isEmpty() && !arrivals.listedVersion().equals(round.state().listed)
                ? Round.Outcome.ALL_QUARANTINED : Round.Outcome.NOTHING_NEW;
    }

    private boolean hasChanged() {
        String trained = round.state().trained;
        boolean neverAny = trained.isEmpty() && arrivals.snapshot().entries().isEmpty();
        return !neverAny && !arrivals.snapshot().version().equals(trained);
    }
}
