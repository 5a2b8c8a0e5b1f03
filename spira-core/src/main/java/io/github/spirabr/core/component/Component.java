package io.github.spirabr.core.component;

/**
 * A part of a pipeline that can say how it was made, so that a stored model or a configuration can
 * make it again: for each component {@code c}, a {@link ComponentProvider} of its type builds an
 * equal one from {@code c.description()}.
 */
public interface Component extends Described {

    /** Returns the type and all settings of this part, defaults included. */
    @Override
    ComponentDescription description();
}
