/** Data sets and their splits by subject; the types that keep training apart from evaluation. */
@NullMarked
package io.github.spirabr.core.dataset;

import org.jspecify.annotations.NullMarked;
