/** Fingerprints by which a sound is recognised. */
@NullMarked
package io.github.spirabr.audio.fingerprint;

import org.jspecify.annotations.NullMarked;
