package io.github.spirabr.core.artifact;

import io.github.spirabr.core.dataset.Side;
import io.github.spirabr.core.internal.adapter.PlainText;
import io.github.spirabr.core.registry.ModelArtifact;
import io.github.spirabr.core.registry.ModelRepositoryException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The provenance that a stored model carries. A model stored by an older version of the library, or outside of a run,
 * may have none. Immutable.
 */
public final class StoredProvenance {

    /** The key of the hash of all that the run depended on. */
    public static final String IDENTITY = "identity";
    /** The key of the hash of the recordings. */
    public static final String DATA = "data";
    /** The key of the difference between probabilities of two machines, of a model that is exact on one machine only. */
    public static final String MACHINE_TOLERANCE = "model.machineTolerance";

    private static final String SUBJECTS = ".subjects";

    private final SortedMap<String, String> values;

    private StoredProvenance(SortedMap<String, String> values) {
        this.values = Collections.unmodifiableSortedMap(values);
    }

    /**
     * Reads the provenance of a model.
     *
     * @throws io.github.spirabr.core.registry.ModelRepositoryException if it is damaged
     */
    public static StoredProvenance of(ModelArtifact artifact) {
        return new StoredProvenance(artifact.has(ArtifactFiles.PROVENANCE)
                ? ArtifactFiles.read(artifact, ArtifactFiles.PROVENANCE) : new TreeMap<>());
    }

    /** Returns all values by their keys. */
    public SortedMap<String, String> values() {
        return values;
    }

    /** Returns the hash of all that the run depended on; empty if the model does not have it. */
    public Optional<String> identity() {
        return Optional.ofNullable(values.get(IDENTITY));
    }

    /** Returns the hash of the recordings; empty if the model does not have it. */
    public Optional<String> dataFingerprint() {
        return Optional.ofNullable(values.get(DATA));
    }

    /**
     * Returns the largest difference between probabilities of two machines; 0 if the model is exact on all.
     *
     * @throws ModelRepositoryException if it is not a number
     */
    public double machineTolerance() {
        String value = values.getOrDefault(MACHINE_TOLERANCE, "0");
        try {
            double tolerance = Double.parseDouble(value);
            if (!(tolerance >= 0 && tolerance < 1)) {
                throw new NumberFormatException("it must be from 0 to 1");
            }
            return tolerance;
        } catch (NumberFormatException e) {
            throw new ModelRepositoryException(MACHINE_TOLERANCE + " in " + ArtifactFiles.PROVENANCE
                    + " must be a number from 0 up to 1, but was '" + value + "'; the model is damaged", e);
        }
    }

    /**
     * Returns the set that each subject was in when the model was trained. Names are separated by commas in a model, and a
     * name may have one: such a name is found if it is asked for.
     *
     * @param subjects names that are asked for
     */
    public SortedMap<String, Side> sides(Collection<String> subjects) {
        SortedMap<String, Side> sides = new TreeMap<>();
        for (Side side : Side.values()) {
            String names = values.getOrDefault(side.name().toLowerCase(Locale.ROOT) + SUBJECTS, "");
            String listed = "," + PlainText.of(names) + ",";
            Arrays.stream(names.split(",")).filter(name -> !name.isEmpty()).forEach(name -> sides.put(PlainText.of(name), side));
            subjects.stream().filter(name -> name.contains(",") && listed.contains("," + name + ","))
                    .forEach(name -> sides.put(name, side));
        }
        return sides;
    }
}
