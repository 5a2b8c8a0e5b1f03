/** Tests of manifests. */
@NullMarked
package io.github.spirabr.storage.fs.manifest;

import org.jspecify.annotations.NullMarked;
