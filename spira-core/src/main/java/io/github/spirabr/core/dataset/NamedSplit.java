package io.github.spirabr.core.dataset;

import io.github.spirabr.core.component.Component;

/** A splitter that can say how it was made, and that a {@link io.github.spirabr.core.component.ComponentProvider} makes. */
public interface NamedSplit extends Splitter, Component {}
