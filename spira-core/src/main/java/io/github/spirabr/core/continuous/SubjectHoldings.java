package io.github.spirabr.core.continuous;

import io.github.spirabr.core.dataset.Side;
import io.github.spirabr.core.registry.ModelVersion;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where a subject's recordings went, so that a withdrawal of consent can be carried out.
 *
 * @param subject whose id
 * @param dataVersions the data versions that hold the subject, in the rounds' order
 * @param rounds the rounds whose data held the subject
 * @param quarantined the rounds that had recordings of the subject in quarantine
 * @param models the stored models that were trained, validated or tested with the subject, with the side
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
     * A model that holds the subject.
     *
     * @param model which
     * @param side on which the subject was: of a model that learned from the subject's recordings, {@code TRAINING}
     */
    public record Held(ModelVersion model, Side side) {}

    /** Whether nothing holds the subject. */
    public boolean none() {
        return dataVersions.isEmpty() && quarantined.isEmpty() && models.isEmpty();
    }
}
