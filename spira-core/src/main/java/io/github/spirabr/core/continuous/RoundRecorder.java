package io.github.spirabr.core.continuous;

import io.github.spirabr.core.journal.Journal;
import java.util.Optional;

/** A writer of rounds into the history. */
final class RoundRecorder {

    private final RoundContext round;
    private final Journal journal;

    RoundRecorder(RoundContext round) {
        this.round = round;
        this.journal = round.parts().journal();
    }

    /**
     * Records the round's ending, and then its number. An idle round that repeats the last one is only counted there.
     *
     * @return the round as recorded in the history
     */
    Round record(Round ended) {
        TrainingState state = round.state();
        String lastName = Round.documentName(state.rounds);
        Optional<Journal.Document> last = state.rounds == 0 ? Optional.empty() : journal.read(lastName);
        Optional<Round> before = last.map(document -> Round.read(journal, lastName, document));
        round.lease().require();
        Round recorded;
        if (before.isPresent() && before.get().sameAs(ended)) {
            recorded = before.get().countedWith(ended);
            journal.replace(lastName, last.map(Journal.Document::version), recorded.toBytes(round.parts().modelName()));
        } else {
            recorded = write(ended);
        }
        state.rounds = recorded.number();
        state.save();
        round.step(RoundListener.Step.RECORDED, "round " + recorded.number() + ": " + recorded.outcome());
        return recorded;
    }

    private Round write(Round ended) {
        String name = Round.documentName(ended.number());
        Optional<Journal.Document> there = journal.read(name);
        if (there.isPresent() && ended.outcome().judged()) {
            // It was written before the round was interrupted.
            return Round.read(journal, name, there.get());
        }
        journal.replace(name, there.map(Journal.Document::version), ended.toBytes(round.parts().modelName()));
        return ended;
    }
}
