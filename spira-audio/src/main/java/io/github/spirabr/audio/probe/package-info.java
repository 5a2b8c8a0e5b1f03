/** Probes that need signal processing: background without speech, noise, level, band and codec. */
@NullMarked
package io.github.spirabr.audio.probe;

import org.jspecify.annotations.NullMarked;
