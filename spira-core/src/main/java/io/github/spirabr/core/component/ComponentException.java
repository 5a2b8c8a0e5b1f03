package io.github.spirabr.core.component;

import io.github.spirabr.core.SpiraException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A component that cannot be had by its name and settings. */
public final class ComponentException extends SpiraException {

    private static final long serialVersionUID = 1L;

    /**
     * One thing that is wrong.
     *
     * @param path of the setting or the component, such as {@code preprocessing.augment[1].amplitude.max}; empty
     *     if it is about none
     * @param message the whole sentence, the path included
     */
    public record Fault(String path, String message) implements java.io.Serializable {}

    private final List<Fault> faults;

    /**
     * A failure.
     *
     * @param message names the culprit, what was found, what was expected, and what to do
     */
    public ComponentException(String message) {
        this(message, (Throwable) null);
    }

    /**
     * A failure with a cause.
     *
     * @param message names the culprit, what was found, what was expected, and what to do
     * @param cause what failed underneath; null if nothing did
     */
    public ComponentException(String message, @Nullable Throwable cause) {
        super(message, cause);
        this.faults = List.of(new Fault("", message));
    }

    ComponentException(String message, List<Fault> faults, @Nullable Throwable cause) {
        super(message, cause);
        this.faults = List.copyOf(faults);
    }

    static ComponentException of(List<Fault> faults, @Nullable Throwable cause) {
        return new ComponentException(
                faults.stream().map(Fault::message).collect(Collectors.joining("; ")), faults, cause);
    }

    /** Each thing that is wrong, at least one. */
    public List<Fault> faults() {
        return faults;
    }
}
