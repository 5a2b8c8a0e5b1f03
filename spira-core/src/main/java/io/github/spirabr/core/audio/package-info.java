/** Decoded audio, and the port that decodes it. */
@NullMarked
package io.github.spirabr.core.audio;

import org.jspecify.annotations.NullMarked;
