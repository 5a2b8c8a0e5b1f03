/** Copies of recordings that come from far away, in files: checksummed, bounded in size. */
@NullMarked
package io.github.spirabr.storage.fs.audio;

import org.jspecify.annotations.NullMarked;
