/** The engine: networks of named arrays on PyTorch as the trainer uses them. */
@NullMarked
package io.github.spirabr.pytorch.internal;

import org.jspecify.annotations.NullMarked;
