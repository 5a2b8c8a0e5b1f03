package io.github.spirabr.core.continuous;

import io.github.spirabr.core.artifact.StoredProvenance;
import io.github.spirabr.core.dataset.Side;
import io.github.spirabr.core.internal.adapter.PlainText;
import io.github.spirabr.core.journal.Journal;
import io.github.spirabr.core.journal.JournalException;
import io.github.spirabr.core.registry.ModelRepository;
import io.github.spirabr.core.registry.ModelVersion;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The rounds that a journal keeps. Every call reads it anew. Safe for any number of threads. */
public final class RoundHistory {

    private final Journal journal;

    private RoundHistory(Journal journal) {
        this.journal = journal;
    }

    /** Returns the history of a journal. */
    public static RoundHistory of(Journal journal) {
        return new RoundHistory(journal);
    }

    /**
     * Returns all rounds, in their order.
     *
     * @throws JournalException if one of them cannot be read
     */
    public List<Round> rounds() {
        List<Round> rounds = new ArrayList<>();
        for (String name : journal.names(Round.documentPrefix())) {
            journal.read(name).ifPresent(document ->
                    rounds.add(Round.read(journal, name, document)));
        }
        return List.copyOf(rounds);
    }

    /**
     * Returns the recordings of a data version.
     *
     * @param version version, as returned by {@link Round.Data#version()}
     * @throws JournalException if it does not exist
     */
    DataSnapshot snapshot(String version) {
        return TrainingState.snapshot(journal, version);
    }

    /**
     * Reads all documents of the journal and checks their references to each other: rounds without a gap, the data
     * versions of trained rounds, the state of training. Changes nothing.
     *
     * @throws JournalException if the store cannot be reached
     */
    public Check verify() {
        return new JournalVerification(journal).check();
    }

    /**
     * Ends the lease of a round whose process has ended, so that the next round can begin at once. A process that still runs
     * finds out before it changes anything.
     *
     * @return the holder of the lease; empty if nobody has it
     * @throws JournalException if the holder renews it at this moment
     */
    public Optional<String> releaseLease(Clock clock) {
        return Lease.release(journal, clock.instant()).map(Lease.Held::holder);
    }

    /** Returns the numbers of the rounds that name a version as champion or challenger, among them one that is decided. */
    public List<Integer> naming(ModelVersion version) {
        List<Integer> numbers = new ArrayList<>();
        rounds().stream().filter(round -> round.names(version.number())).forEach(round -> numbers.add(round.number()));
        journal.read(TrainingState.NAME).flatMap(document -> TrainingState.summary(journal, document).pending())
                .filter(round -> round.names(version.number()) && !numbers.contains(round.number()))
                .ifPresent(round -> numbers.add(round.number()));
        return List.copyOf(numbers);
    }

    /** Returns the holder of a running round and the time at which its lease expires; empty if no round is running. */
    public Optional<String> holder(Clock clock) {
        Instant now = clock.instant();
        return Lease.find(journal).filter(held -> held.isHeld(now, Duration.between(now, held.until())))
                .map(held -> held.holder() + " until " + held.until());
    }

    /**
     * Returns the rounds, data versions and models that contain a subject.
     *
     * @param models the registry
     * @param modelName the name whose existing versions are searched
     * @param subject the subject's id, as in the manifest
     */
    public SubjectHoldings holdings(ModelRepository models, String modelName, String subject) {
        String wanted = PlainText.of(subject);
        Map<String, Boolean> known = new HashMap<>();
        for (String name : journal.names(DataSnapshot.documentPrefix())) {
            DataSnapshot snapshot = snapshot(name.substring(DataSnapshot.documentPrefix().length()));
            known.put(snapshot.version(), snapshot.subjects().contains(wanted));
        }
        Set<String> versions = new LinkedHashSet<>();
        List<Integer> inRounds = new ArrayList<>();
        List<Integer> quarantined = new ArrayList<>();
        for (Round round : rounds()) {
            if (known.getOrDefault(round.data().version(), false)) {
                versions.add(round.data().version());
                inRounds.add(round.number());
            }
            if (round.quarantined().stream().anyMatch(one -> PlainText.of(one.subject()).equals(wanted))) {
                quarantined.add(round.number());
            }
        }
        // A snapshot may be there whose round was interrupted.
        known.keySet().stream().sorted().filter(known::get).forEach(versions::add);
        SortedMap<Integer, SubjectHoldings.Held> held = new TreeMap<>();
        for (ModelVersion version : models.versions(modelName)) {
            Side side = StoredProvenance.of(models.load(version)).sides(List.of(wanted)).get(wanted);
            if (side != null) {
                held.put(version.number(), new SubjectHoldings.Held(version, side));
            }
        }
        return new SubjectHoldings(subject, List.copyOf(versions), inRounds, quarantined, held);
    }

    /**
     * The result of checking all documents of a journal.
     *
     * @param documents number of documents that were read
     * @param faults sentences that name the document, in the order in which they were found; empty if all is as it was written
     */
    public record Check(int documents, List<String> faults) {

        /** Copies the list. */
        public Check {
            faults = List.copyOf(faults);
        }

        /** Returns whether there is no fault. */
        public boolean isSound() {
            return faults.isEmpty();
        }
    }

    /**
     * The places that contain a subject's recordings, so that a withdrawal of consent can be carried out.
     *
     * @param subject the subject's id
     * @param dataVersions the data versions that contain the subject, in the rounds' order
     * @param rounds the rounds whose data contained the subject
     * @param quarantined the rounds that had recordings of the subject in quarantine
     * @param models the stored models that were trained, validated or tested with the subject, with the set
     */
    public record SubjectHoldings(
            String subject,
            List<String> dataVersions,
            List<Integer> rounds,
            List<Integer> quarantined,
            SortedMap<Integer, Held> models) {

        /** Copies the collections. */
        public SubjectHoldings {
            dataVersions = List.copyOf(dataVersions);
            rounds = List.copyOf(rounds);
            quarantined = List.copyOf(quarantined);
            models = Collections.unmodifiableSortedMap(new TreeMap<>(models));
        }

        /**
         * A model that contains the subject.
         *
         * @param model the model
         * @param side the subject's set; {@code TRAINING} for a model that learned from the subject's recordings
         */
        public record Held(ModelVersion model, Side side) {}

        /** Returns whether nothing contains the subject. */
        public boolean none() {
            return dataVersions.isEmpty() && quarantined.isEmpty() && models.isEmpty();
        }
    }
}
