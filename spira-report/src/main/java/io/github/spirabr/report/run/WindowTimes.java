package io.github.spirabr.report.run;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The times of the windows of a recording.
 *
 * @param length length of each window, in seconds
 * @param step step from the start of one window to that of the next, in seconds
 */
record WindowTimes(double length, double step) {

    private static final String PATH = "preprocessing.window.";
    private static final Set<String> SLIDING = Set.of("sliding-window", "acl2021-sliding-window");

    /**
     * Returns the times of the windows that these settings describe.
     *
     * @param settings settings of a run
     * @return empty if the step between windows is not constant
     */
    static Optional<WindowTimes> of(Map<String, String> settings) {
        String length = settings.get(PATH + "length");
        String step = settings.get(PATH + "step");
        if (!SLIDING.contains(settings.getOrDefault(PATH + "type", "")) || length == null || step == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new WindowTimes(Double.parseDouble(length), Double.parseDouble(step)));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
