/** Tests of fingerprints. */
@NullMarked
package io.github.spirabr.audio.fingerprint;

import org.jspecify.annotations.NullMarked;
