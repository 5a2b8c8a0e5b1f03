/**
 * Probes of what a model's metrics depend on: the speech, or something that comes with it. This package contains the
 * probes that need no signal processing.
 */
@NullMarked
package io.github.spirabr.core.probe;

import org.jspecify.annotations.NullMarked;
