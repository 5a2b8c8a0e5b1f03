/** A cache of features in files: checksummed, bounded in size. */
@NullMarked
package io.github.spirabr.storage.fs.features;

import org.jspecify.annotations.NullMarked;
