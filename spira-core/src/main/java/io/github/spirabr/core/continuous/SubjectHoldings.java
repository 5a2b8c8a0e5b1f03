package io.github.spirabr.core.continuous;

import io.github.spirabr.core.dataset.Side;
import io.github.spirabr.core.registry.ModelVersion;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

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
