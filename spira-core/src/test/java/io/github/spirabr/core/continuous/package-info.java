/** Rounds with a small network that really learns, with their faults. */
@NullMarked
package io.github.spirabr.core.continuous;

import org.jspecify.annotations.NullMarked;
