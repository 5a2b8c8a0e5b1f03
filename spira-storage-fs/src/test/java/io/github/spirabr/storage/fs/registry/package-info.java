/** Tests of the registry in a folder: its contract, damaged files, other processes and killed ones. */
@NullMarked
package io.github.spirabr.storage.fs.registry;

import org.jspecify.annotations.NullMarked;
