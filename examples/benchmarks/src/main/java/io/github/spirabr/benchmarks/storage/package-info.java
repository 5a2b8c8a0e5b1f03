/** Benchmarks of storing and loading, compared with a plain copy of the same bytes. */
@NullMarked
package io.github.spirabr.benchmarks.storage;

import org.jspecify.annotations.NullMarked;
