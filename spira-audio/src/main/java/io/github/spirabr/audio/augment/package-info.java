/** Augmentations of waveforms and features, the noises that they mix in, and noise as an evaluation protocol. */
@NullMarked
package io.github.spirabr.audio.augment;

import org.jspecify.annotations.NullMarked;
