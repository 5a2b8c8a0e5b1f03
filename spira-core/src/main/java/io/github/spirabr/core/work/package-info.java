/** Work that falls into pieces, and how many threads it may use. */
@NullMarked
package io.github.spirabr.core.work;

import org.jspecify.annotations.NullMarked;
