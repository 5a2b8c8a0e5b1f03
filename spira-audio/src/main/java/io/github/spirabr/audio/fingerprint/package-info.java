/** Acoustic fingerprints, which find copies of a recording by their sound. */
@NullMarked
package io.github.spirabr.audio.fingerprint;

import org.jspecify.annotations.NullMarked;
