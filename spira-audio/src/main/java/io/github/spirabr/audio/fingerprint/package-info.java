/** Fingerprints by which a sound is known again. */
@NullMarked
package io.github.spirabr.audio.fingerprint;

import org.jspecify.annotations.NullMarked;
