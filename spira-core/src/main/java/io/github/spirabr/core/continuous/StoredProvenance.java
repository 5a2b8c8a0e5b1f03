package io.github.spirabr.core.continuous;

import io.github.spirabr.core.dataset.Side;
import io.github.spirabr.core.internal.SortedProperties;
import io.github.spirabr.core.registry.ModelArtifact;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Who was on which side when a stored model was trained.
 *
 * @param sides by subject; empty if the model does not tell
 */
record StoredProvenance(SortedMap<String, Side> sides) {

    private static final String FILE = "provenance.properties";

    /**
     * What a model tells. It separates names by commas, and a name may have one: such a name is found if it is asked for.
     *
     * @param subjects who is asked for
     */
    static StoredProvenance of(ModelArtifact artifact, Collection<String> subjects) {
        SortedMap<String, Side> sides = new TreeMap<>();
        if (!artifact.has(FILE)) {
            return new StoredProvenance(sides);
        }
        SortedMap<String, String> provenance = SortedProperties.read(artifact.file(FILE));
        for (Side side : Side.values()) {
            String names = provenance.getOrDefault(side.name().toLowerCase(Locale.ROOT) + ".subjects", "");
            Arrays.stream(names.split(",")).filter(name -> !name.isEmpty()).forEach(name -> sides.put(name, side));
            subjects.stream().filter(name -> name.contains(",") && ("," + names + ",").contains("," + name + ","))
                    .forEach(name -> sides.put(name, side));
        }
        return new StoredProvenance(sides);
    }
}
