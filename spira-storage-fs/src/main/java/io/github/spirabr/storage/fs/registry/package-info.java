/** The model registry in a folder: numbered versions, checksummed, whole or not there at all. */
@NullMarked
package io.github.spirabr.storage.fs.registry;

import org.jspecify.annotations.NullMarked;
