/** Internal helpers shared by packages of the core; not part of the public API. */
@NullMarked
package io.github.spirabr.core.internal;

import org.jspecify.annotations.NullMarked;
