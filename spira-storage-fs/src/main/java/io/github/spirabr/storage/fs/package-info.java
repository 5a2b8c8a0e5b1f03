/** Storage in files and folders. */
@NullMarked
package io.github.spirabr.storage.fs;

import org.jspecify.annotations.NullMarked;
