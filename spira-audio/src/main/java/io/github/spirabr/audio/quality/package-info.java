/** Measures of the quality of recordings. */
@NullMarked
package io.github.spirabr.audio.quality;

import org.jspecify.annotations.NullMarked;
