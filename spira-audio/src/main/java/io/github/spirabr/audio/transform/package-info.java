/** Transforms of waveforms that hold in training and prediction alike: levels, filters and band limits. */
@NullMarked
package io.github.spirabr.audio.transform;

import org.jspecify.annotations.NullMarked;
