/** Copies of remote recordings in files: checksummed, bounded in size. */
@NullMarked
package io.github.spirabr.storage.fs.audio;

import org.jspecify.annotations.NullMarked;
