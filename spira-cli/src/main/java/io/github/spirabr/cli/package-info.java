/** The {@code spira} command line: a thin shell around the public API. */
@NullMarked
package io.github.spirabr.cli;

import org.jspecify.annotations.NullMarked;
