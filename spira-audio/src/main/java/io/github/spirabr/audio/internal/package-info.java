/** Signal processing that several packages of this module share. Not part of the API; it may change in any release. */
@NullMarked
package io.github.spirabr.audio.internal;

import org.jspecify.annotations.NullMarked;
