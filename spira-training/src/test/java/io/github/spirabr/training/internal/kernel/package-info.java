/** Arithmetic of the networks on plain arrays; knows no framework. */
@NullMarked
package io.github.spirabr.training.internal.kernel;

import org.jspecify.annotations.NullMarked;
