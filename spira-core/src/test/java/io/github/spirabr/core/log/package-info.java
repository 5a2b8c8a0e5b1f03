/** A log that tests can read. */
@NullMarked
package io.github.spirabr.core.log;

import org.jspecify.annotations.NullMarked;
