/** Small parts that tests of several packages make pipelines of. */
@NullMarked
package io.github.spirabr.core.parts;

import org.jspecify.annotations.NullMarked;
