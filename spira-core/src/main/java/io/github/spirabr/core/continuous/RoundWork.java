package io.github.spirabr.core.continuous;

import io.github.spirabr.core.dataset.Dataset;
import io.github.spirabr.core.dataset.DatasetSplit;
import io.github.spirabr.core.dataset.InvalidDatasetException;
import io.github.spirabr.core.dataset.Side;
import io.github.spirabr.core.registry.ModelVersion;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/** The steps of one round, from the listing to the history. Used once, by the lease's holder. */
final class RoundWork {

    /** The outcomes after which the arrivals count as known, though nothing was trained on them. */
    private static final Set<Round.Outcome> LOOKED_AT =
            Set.of(Round.Outcome.WAITING, Round.Outcome.NOT_ENOUGH_DATA, Round.Outcome.CHANGE_NOT_ALLOWED);

    private final RoundContext round;
    private final TrainingState state;
    private final RoundEnding ending;

    RoundWork(RoundContext round) {
        this.round = round;
        this.state = round.state();
        this.ending = new RoundEnding(round);
    }

    /**
     * Runs it, or completes the one before.
     *
     * @param wanted whether a challenger is trained whatever the triggers say
     */
    Round run(boolean wanted) {
        if (state.pending.isPresent()) {
            return new DecidedRound(round).carryOut();
        }
        try {
            return begin(wanted);
        } catch (LeaseLostException e) {
            throw e;
        } catch (RuntimeException e) {
            // A round that was asked to end has not failed; the next call goes on with it.
            if (state.pending.isEmpty() && !Thread.currentThread().isInterrupted()) {
                recordFailure(e);
            }
            throw e;
        }
    }

    private void recordFailure(RuntimeException failure) {
        try {
            new RoundRecorder(round).record(ending.failed(failure));
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    private Round begin(boolean wanted) {
        Arrivals arrivals = new Intake(round).arrivals();
        RetrainingNeed need = new RetrainingNeed(round, arrivals);
        Optional<String> reason = wanted ? Optional.of("on demand") : need.reason();
        return reason.isEmpty() ? idle(need.otherwise(), arrivals) : split(reason.get(), arrivals);
    }

    private Round idle(Round.Outcome outcome, Arrivals arrivals) {
        if (outcome == Round.Outcome.WAITING) {
            state.keep(arrivals.snapshot());
        }
        String explanation = switch (outcome) {
            case WAITING -> arrivals.added().size() + " new or corrected recordings, " + arrivals.withdrawn()
                    + " gone; no trigger asks for a training yet";
            case ALL_QUARANTINED -> "all that is new is in quarantine";
            default -> "the recordings are those of the round before";
        };
        return settle(ending.untrained(outcome, explanation, arrivals.unsplit(), arrivals), arrivals);
    }

    /** Ends a round that has trained nothing. */
    private Round settle(Round ended, Arrivals arrivals) {
        state.listed = arrivals.listedVersion();
        if (LOOKED_AT.contains(ended.outcome())) {
            state.latest = arrivals.snapshot().version();
        }
        state.suspects = arrivals.suspects();
        return new RoundRecorder(round).record(ended);
    }

    private Round split(String reason, Arrivals arrivals) {
        state.keep(arrivals.snapshot());
        round.step(RoundListener.Step.SNAPSHOT_KEPT, "data version " + arrivals.snapshot().version());
        Dataset dataset;
        SortedMap<String, Side> sides;
        DatasetSplit split;
        try {
            dataset = Dataset.of("the recordings of round " + round.number(), arrivals.usable());
            sides = RoundSides.of(dataset, round);
            split = dataset.split(new RoundSplit(sides, round.parts().shares()), round.parts().seed());
        } catch (InvalidDatasetException e) {
            return settle(ending.untrained(Round.Outcome.NOT_ENOUGH_DATA, String.valueOf(e.getMessage()),
                    arrivals.unsplit(), arrivals), arrivals);
        }
        state.sides = sides;
        state.save();
        round.step(RoundListener.Step.TRIGGERED, reason);
        return train(reason, arrivals, dataset, split);
    }

    private Round train(String reason, Arrivals arrivals, Dataset dataset, DatasetSplit split) {
        Round.Data data = arrivals.data(split);
        Challenger challenger = new Challenger(round, dataset, state.sides);
        Optional<ModelVersion> known = challenger.known();
        if (known.isPresent()) {
            return settle(ending.untrained(Round.Outcome.NOTHING_NEW, known.get()
                    + " is of these recordings and settings already", data, arrivals), arrivals);
        }
        Optional<String> notAllowed = challenger.notAllowed();
        if (notAllowed.isPresent()) {
            return settle(ending.untrained(Round.Outcome.CHANGE_NOT_ALLOWED, notAllowed.get(), data, arrivals), arrivals);
        }
        ModelVersion model = challenger.train();
        round.lease().require();
        round.step(RoundListener.Step.TRAINED, model.toString());
        Judgement judgement = Judgement.of(round, model, split.test().recordings(), arrivals);
        decide(ending.judged(reason, data, arrivals, model, judgement), arrivals);
        return new DecidedRound(round).carryOut();
    }

    /** Writes the verdict down, so that it is carried out whatever happens from here on. */
    private void decide(Round judged, Arrivals arrivals) {
        round.lease().require();
        state.listed = arrivals.listedVersion();
        state.latest = arrivals.snapshot().version();
        state.trained = arrivals.snapshot().version();
        state.trainedAt = Optional.of(round.started());
        state.suspects = arrivals.suspects();
        state.pending = Optional.of(judged);
        state.save();
        round.step(RoundListener.Step.DECIDED, judged.outcome().toString());
    }
}
