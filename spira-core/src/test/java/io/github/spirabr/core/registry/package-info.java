/** The contract of the model registry, which every adapter's tests extend. */
@NullMarked
package io.github.spirabr.core.registry;

import org.jspecify.annotations.NullMarked;
