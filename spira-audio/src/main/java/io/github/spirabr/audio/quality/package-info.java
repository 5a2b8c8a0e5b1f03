/** How good a recording is, as numbers. */
@NullMarked
package io.github.spirabr.audio.quality;

import org.jspecify.annotations.NullMarked;
