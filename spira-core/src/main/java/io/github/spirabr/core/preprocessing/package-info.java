/** Preprocessing, from a waveform to the network's input: augmentation, windows, features. */
@NullMarked
package io.github.spirabr.core.preprocessing;

import org.jspecify.annotations.NullMarked;
