/** Recordings listed in CSV manifests, with their audio in files. */
@NullMarked
package io.github.spirabr.storage.fs.manifest;

import org.jspecify.annotations.NullMarked;
