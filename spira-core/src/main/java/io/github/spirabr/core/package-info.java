/** What all of the core shares: its base exception. */
@NullMarked
package io.github.spirabr.core;

import org.jspecify.annotations.NullMarked;
