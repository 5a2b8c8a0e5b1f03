/** What storing and loading costs, against a plain copy of the same bytes. */
@NullMarked
package io.github.spirabr.benchmarks.storage;

import org.jspecify.annotations.NullMarked;
