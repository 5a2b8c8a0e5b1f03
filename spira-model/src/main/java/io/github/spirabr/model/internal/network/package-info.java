/** Networks as Deeplearning4j sees them: own layers around the kernels, loss, activation, flat weights. */
@NullMarked
package io.github.spirabr.model.internal.network;

import org.jspecify.annotations.NullMarked;
