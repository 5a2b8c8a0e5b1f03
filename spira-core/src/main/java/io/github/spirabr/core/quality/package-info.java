/** What recordings are like, before any model is asked: measures, limits, and what the training side was like. */
@NullMarked
package io.github.spirabr.core.quality;

import org.jspecify.annotations.NullMarked;
