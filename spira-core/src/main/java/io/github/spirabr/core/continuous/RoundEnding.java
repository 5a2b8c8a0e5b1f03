package io.github.spirabr.core.continuous;

import io.github.spirabr.core.registry.ModelVersion;
import java.util.Optional;

/** The possible endings of a round, as recorded in the history. */
final class RoundEnding {

    private final RoundContext round;

    RoundEnding(RoundContext round) {
        this.round = round;
    }

    Round failed(RuntimeException failure) {
        String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        return ended(Round.Outcome.FAILED, message).build();
    }

    Round untrained(Round.Outcome outcome, String explanation, Round.Data data, Arrivals arrivals) {
        return ended(outcome, explanation, data, arrivals).build();
    }

    Round judged(String trigger, Round.Data data, Arrivals arrivals, ModelVersion challenger, Judgement judgement) {
        return ended(Round.Outcome.of(judgement.verdict().outcome()), judgement.verdict().reason(), data, arrivals)
                .trigger(Optional.of(trigger))
                .challenger(Optional.of(challenger.number()))
                .verdict(Optional.of(judgement.verdict()))
                .challengerMetrics(round.metrics(Optional.of(judgement.challenger())))
                .championMetrics(round.metrics(judgement.champion()))
                .build();
    }

    private Round.Builder ended(Round.Outcome outcome, String explanation, Round.Data data, Arrivals arrivals) {
        return ended(outcome, explanation).data(data).quarantined(arrivals.quarantined()).drift(arrivals.drift())
                .fresh(round.metrics(arrivals.fresh()));
    }

    private Round.Builder ended(Round.Outcome outcome, String explanation) {
        return Round.builder().number(round.number()).outcome(outcome).explanation(explanation).started(round.started())
                .finished(round.now()).holder(round.parts().holder()).champion(round.champion().map(ModelVersion::number));
    }
}
