/** Features of recordings in files: made once, checksummed, bounded in size. */
@NullMarked
package io.github.spirabr.storage.fs.features;

import org.jspecify.annotations.NullMarked;
