package io.github.spirabr.core.component;

/**
 * A part that can describe how it was made. A {@link Component} is made again by its provider; a store or a source of
 * recordings by its location, which the description holds.
 */
public interface Described {

    /** Returns the type and all settings of this part. */
    ComponentDescription description();
}
