/** The port of the model registry: versioned, immutable artifacts. */
@NullMarked
package io.github.spirabr.core.registry;

import org.jspecify.annotations.NullMarked;
