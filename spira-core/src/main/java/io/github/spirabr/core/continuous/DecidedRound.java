package io.github.spirabr.core.continuous;

import io.github.spirabr.core.registry.AliasMovedException;
import io.github.spirabr.core.registry.ModelRepository;
import io.github.spirabr.core.registry.ModelVersion;
import java.util.Optional;

/**
 * The execution of a decided round: promotes the challenger or not, and records the round. Can be repeated after an
 * interruption.
 */
final class DecidedRound {

    private final RoundContext round;
    private final ModelRepository models;

    DecidedRound(RoundContext round) {
        this.round = round;
        this.models = round.parts().models();
    }

    /** Carries out the round, and returns it as recorded in the history. */
    Round carryOut() {
        TrainingState state = round.state();
        Round decided = state.pending.orElseThrow();
        ModelVersion challenger = version(decided.challenger().orElseThrow());
        if (decided.outcome().promoted()) {
            decided = promote(decided, challenger);
        }
        boolean promoted = decided.outcome().promoted();
        round.step(RoundListener.Step.PROMOTED, promoted ? challenger + " is champion" : "the champion stays");
        models.tag(challenger, "round", Integer.toString(decided.number()));
        models.tag(challenger, "gate", decided.outcome().name());
        if (promoted) {
            state.hold(decided.challengerMetrics());
        }
        state.pending = Optional.empty();
        return new RoundRecorder(round).record(decided);
    }

    private ModelVersion version(int number) {
        return new ModelVersion(round.parts().modelName(), number);
    }

    private Round promote(Round decided, ModelVersion challenger) {
        if (models.find(challenger.name(), ContinuousTraining.CHAMPION).equals(Optional.of(challenger))) {
            return decided;
        }
        round.lease().require();
        try {
            models.promote(ContinuousTraining.CHAMPION, challenger, decided.champion().map(this::version),
                    round.parts().holder());
            return decided;
        } catch (AliasMovedException e) {
            return decided.ending(Round.Outcome.CHAMPION_MOVED, String.valueOf(e.getMessage()), round.now());
        }
    }
}
