/** Arithmetic of the networks on plain arrays; knows no framework. */
@NullMarked
package io.github.spirabr.model.internal.kernel;

import org.jspecify.annotations.NullMarked;
