package io.github.spirabr.core.probe;

import io.github.spirabr.core.internal.MissingValue;
import io.github.spirabr.core.recording.Recording;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The properties of a recording apart from its speech.
 *
 * @param recording the recording
 * @param columns its values by name: the manifest's, and kinds such as the codec; missing ones have no entry
 * @param measures numbers by name, such as its duration
 */
record Covariate(Recording recording, Map<String, String> columns, Map<String, Double> measures) {

    /** Leaves out missing values. */
    Covariate {
        Map<String, String> known = new LinkedHashMap<>();
        columns.forEach((name, value) -> {
            if (!MissingValue.isMissing(value)) {
                known.put(name, value.strip());
            }
        });
        columns = known;
        measures = new LinkedHashMap<>(measures);
    }
}
