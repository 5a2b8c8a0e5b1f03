/** Locations of stored data: the modules that know them, and the files that list recordings. */
@NullMarked
package io.github.spirabr.core.storage;

import org.jspecify.annotations.NullMarked;
