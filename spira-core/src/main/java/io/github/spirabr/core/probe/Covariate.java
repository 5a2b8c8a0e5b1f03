package io.github.spirabr.core.probe;

import io.github.spirabr.core.recording.Recording;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is known of a recording beside its speech.
 *
 * @param recording which
 * @param columns its values by name: the manifest's, and kinds such as the codec; missing ones are not there
 * @param measures numbers by name, such as its duration
 */
record Covariate(Recording recording, Map<String, String> columns, Map<String, Double> measures) {

    private static final String MISSING = "?";

    /** Without what is missing. */
    Covariate {
        Map<String, String> known = new LinkedHashMap<>();
        columns.forEach((name, value) -> {
            if (!value.isBlank() && !value.strip().equals(MISSING)) {
                known.put(name, value.strip());
            }
        });
        columns = known;
        measures = new LinkedHashMap<>(measures);
    }
}
