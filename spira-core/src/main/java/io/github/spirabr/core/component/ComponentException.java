package io.github.spirabr.core.component;

import io.github.spirabr.core.SpiraException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A component that cannot be had by its name and settings. */
public final class ComponentException extends SpiraException {

    private static final long serialVersionUID = 1L;

    /**
     * A single fault.
     *
     * @param path path of the setting or the component, such as {@code preprocessing.augment[1].amplitude.max}; empty
     *     without a setting or component
     * @param message the whole sentence, the path included
     */
    public record Fault(String path, String message) implements java.io.Serializable {}

    private final List<Fault> faults;

    /**
     * Creates a failure.
     *
     * @param message the culprit, the value found, the value expected, and the remedy
     */
    public ComponentException(String message) {
        this(message, (Throwable) null);
    }

    /**
     * Creates a failure with a cause.
     *
     * @param message the culprit, the value found, the value expected, and the remedy
     * @param cause the underlying failure; null if there is none
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

    /** Returns all faults, at least one. */
    public List<Fault> faults() {
        return faults;
    }
}
