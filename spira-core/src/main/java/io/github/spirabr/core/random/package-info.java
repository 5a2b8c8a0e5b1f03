/** Random streams: one for each seed, purpose, epoch and recording. */
@NullMarked
package io.github.spirabr.core.random;

import org.jspecify.annotations.NullMarked;
