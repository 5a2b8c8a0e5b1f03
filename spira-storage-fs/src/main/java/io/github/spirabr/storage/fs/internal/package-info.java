/** Code that the stores share; no promise to anybody outside this module. */
@NullMarked
package io.github.spirabr.storage.fs.internal;

import org.jspecify.annotations.NullMarked;
