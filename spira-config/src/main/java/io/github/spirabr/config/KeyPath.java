package io.github.spirabr.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A path to a setting, such as {@code preprocessing.augment[1].amplitude.max}.
 *
 * @param steps names, and indices of lists as integers
 */
record KeyPath(List<Object> steps) {

    private static final Pattern WHOLE = Pattern.compile("[^.\\[\\]]+(\\[\\d{1,6}])*(\\.[^.\\[\\]]+(\\[\\d{1,6}])*)*");
    private static final Pattern STEP = Pattern.compile("\\[(\\d+)]|[^.\\[\\]]+");

    KeyPath {
        steps = List.copyOf(steps);
    }

    /** Parses a path; empty if the text is invalid. */
    static Optional<KeyPath> parse(String text) {
        if (!WHOLE.matcher(text).matches()) {
            return Optional.empty();
        }
        List<Object> steps = new ArrayList<>();
        Matcher step = STEP.matcher(text);
        while (step.find()) {
            steps.add(step.group(1) == null ? step.group() : Integer.valueOf(step.group(1)));
        }
        return Optional.of(new KeyPath(steps));
    }

    boolean goesIntoLists() {
        return steps.stream().anyMatch(Integer.class::isInstance);
    }
}
