/** The model registry in a folder: numbered versions, checksummed, stored atomically. */
@NullMarked
package io.github.spirabr.storage.fs.registry;

import org.jspecify.annotations.NullMarked;
