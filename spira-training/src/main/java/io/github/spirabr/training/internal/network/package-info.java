/** SpiraConv as a network of the kernels: layers, passes of windows, batch statistics. */
@NullMarked
package io.github.spirabr.training.internal.network;

import org.jspecify.annotations.NullMarked;
