package io.github.spirabr.config;

import java.nio.file.Path;
import java.util.List;

/**
 * A configuration of SPIRA's Python code as an experiment of this library: {@code config.json} of SPIRA-ACL2021, or {@code
 * spira.json} of the training prototype; JSON with comments. Relative paths start from its folder.
 *
 * @param experiment experiment with all keys that could be carried over; parts are not checked
 * @param notCarried keys that could not be carried over, in the order of the file
 */
public record PublishedConfiguration(Experiment experiment, List<NotCarried> notCarried) {

    /** Copies the list. */
    public PublishedConfiguration {
        notCarried = List.copyOf(notCarried);
    }

    /**
     * A key that the experiment does not have.
     *
     * @param key dotted name
     * @param line line, counted from 1
     * @param value value as text
     * @param reason reason, and what to do, if anything
     */
    public record NotCarried(String key, int line, String value, String reason) {}

    /**
     * Reads a configuration.
     *
     * @throws InvalidExperimentException if it is no such configuration, or if its options contradict each other; the
     *     message lists all faults
     */
    public static PublishedConfiguration read(Path file) {
        JsonKeys keys = JsonKeys.read(file);
        boolean prototype = keys.hasAny("parameters.");
        Experiment experiment = new PublishedReader(keys, prototype, file).read();
        return new PublishedConfiguration(experiment, keys.notCarried());
    }
}
