package io.github.spirabr.core.continuous;

import io.github.spirabr.core.journal.Journal;
import io.github.spirabr.core.journal.JournalException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** A verification of a journal, which reads all documents and checks their references to each other. Used once. */
final class JournalVerification {

    private final Journal journal;
    private final List<String> faults = new ArrayList<>();
    private final SortedMap<Integer, Round> rounds = new TreeMap<>();
    private final SortedSet<String> snapshots = new TreeSet<>();

    JournalVerification(Journal journal) {
        this.journal = journal;
    }

    RoundHistory.Check check() {
        SortedSet<String> names = journal.names("");
        Optional<TrainingState.Summary> state = Optional.empty();
        Set<String> models = new TreeSet<>();
        for (String name : names) {
            if (name.startsWith(Round.documentPrefix())) {
                read(name, document -> named(name, document, models, Round.read(journal, name, document)))
                        .ifPresent(round -> rounds.put(round.number(), round));
            } else if (name.startsWith(DataSnapshot.documentPrefix())) {
                String version = name.substring(DataSnapshot.documentPrefix().length());
                read(name, document -> DataSnapshot.read(journal, version, document))
                        .ifPresent(snapshot -> snapshots.add(snapshot.version()));
            } else if (name.equals(Lease.NAME)) {
                read(name, document -> named(name, document, models, Lease.read(journal, document)));
            } else if (name.equals(TrainingState.NAME)) {
                state = read(name, document -> named(name, document, models, TrainingState.summary(journal, document)));
            } else {
                faults.add("document " + name + " in " + journal.location() + " is unknown; move it elsewhere");
            }
        }
        models.remove("");
        if (models.size() > 1) {
            faults.add("the documents in " + journal.location() + " must belong to one model, but belong to "
                    + String.join(" and ", models) + "; move those of the other models elsewhere");
        }
        followRounds(names);
        if (state.isPresent()) {
            followState(state.get());
        } else if (!rounds.isEmpty() && !names.contains(TrainingState.NAME)) {
            faults.add("the state of training in " + journal.location() + " is missing; restore it from a backup");
        }
        return new RoundHistory.Check(names.size(), faults);
    }

    /** Adds the model that a document names. */
    private <T> T named(String name, Journal.Document document, Set<String> models, T content) {
        models.add(RoundDocument.model(journal, name, document));
        return content;
    }

    private <T> Optional<T> read(String name, Function<Journal.Document, T> reader) {
        try {
            return journal.read(name).map(reader);
        } catch (JournalException e) {
            faults.add(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private void followRounds(SortedSet<String> names) {
        int last = rounds.isEmpty() ? 0 : rounds.lastKey();
        for (int number = 1; number <= last; number++) {
            String name = Round.documentName(number);
            if (!names.contains(name)) {
                missing(name);
            }
        }
        rounds.values().stream().filter(round -> round.outcome().judged()).forEach(round -> {
            if (!snapshots.contains(round.data().version())) {
                faults.add("round " + round.number() + " in " + journal.location() + " trained on data version "
                        + round.data().version() + ", which is missing or damaged; restore it from a backup");
            }
        });
    }

    private void followState(TrainingState.Summary state) {
        int last = rounds.isEmpty() ? 0 : rounds.lastKey();
        // A round is written before the state counts it: an interrupted one is one ahead.
        if (state.rounds() > last) {
            missing(Round.documentName(state.rounds()));
        } else if (last > state.rounds() + 1) {
            faults.add("the state of training in " + journal.location() + " counts " + state.rounds()
                    + " rounds, but the journal has round " + last + "; restore the state from a backup");
        }
        if (!state.trained().isEmpty() && !snapshots.contains(state.trained())) {
            faults.add("the state of training in " + journal.location() + " names data version " + state.trained()
                    + ", which is missing or damaged; restore it from a backup");
        }
    }

    private void missing(String name) {
        faults.add("document " + name + " in " + journal.location() + " is missing or damaged; restore it from a backup");
    }
}
