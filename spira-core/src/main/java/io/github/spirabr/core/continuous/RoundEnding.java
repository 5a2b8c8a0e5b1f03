package io.github.spirabr.core.continuous;

import io.github.spirabr.core.registry.ModelVersion;
import java.util.List;
import java.util.Optional;

/** How a round may end, as the history tells it. */
final class RoundEnding {

    private final RoundContext round;

    RoundEnding(RoundContext round) {
        this.round = round;
    }

    Round failed(RuntimeException failure) {
        String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        return new Round(round.number(), RoundOutcome.FAILED, message, round.started(), round.now(), 1,
                round.parts().holder(), Optional.empty(), RoundData.NONE, List.of(), Optional.empty(), List.of(),
                round.champion().map(ModelVersion::number), Optional.empty(), Optional.empty(), List.of(), List.of());
    }

    Round untrained(RoundOutcome outcome, String explanation, RoundData data, Arrivals arrivals) {
        return new Round(round.number(), outcome, explanation, round.started(), round.now(), 1, round.parts().holder(),
                Optional.empty(), data, arrivals.quarantined(), arrivals.drift(), round.figures(arrivals.fresh()),
                round.champion().map(ModelVersion::number), Optional.empty(), Optional.empty(), List.of(), List.of());
    }

    Round judged(String trigger, RoundData data, Arrivals arrivals, ModelVersion challenger, Judgement judgement) {
        return new Round(round.number(), RoundOutcome.of(judgement.verdict().outcome()), judgement.verdict().reason(), round.started(),
                round.now(), 1, round.parts().holder(), Optional.of(trigger), data, arrivals.quarantined(), arrivals.drift(),
                round.figures(arrivals.fresh()), round.champion().map(ModelVersion::number),
                Optional.of(challenger.number()), Optional.of(judgement.verdict()),
                round.figures(Optional.of(judgement.challenger())), round.figures(judgement.champion()));
    }
}
