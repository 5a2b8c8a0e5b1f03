/** Quality of recordings, before any model is applied: measures, limits, and the statistics of the training set. */
@NullMarked
package io.github.spirabr.core.quality;

import org.jspecify.annotations.NullMarked;
