package io.github.spirabr.config;

import java.io.Serializable;

/**
 * One fault of an experiment file.
 *
 * @param source file, or option of the command line
 * @param line counted from 1; 0 in an option
 * @param column counted from 1; 0 in an option
 * @param path path of the setting, such as {@code preprocessing.augment[1].amplitude.max}; empty if it is about none
 * @param message sentence with the path, what is allowed, what was found, and the nearest spelling of a name
 */
public record ExperimentFault(String source, int line, int column, String path, String message)
        implements Serializable {

    static ExperimentFault at(Position position, String path, String message) {
        return new ExperimentFault(position.source(), position.line(), position.column(), path, message);
    }

    /** Returns a line such as {@code experiment.yaml:12:5: message}. */
    @Override
    public String toString() {
        return (line == 0 ? source : source + ":" + line + ":" + column) + ": " + message;
    }
}
