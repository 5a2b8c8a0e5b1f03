/** Networks on PyTorch: PANNs, SpiraConv, and any block of the Deep Java Library (DJL). */
@NullMarked
package io.github.spirabr.pytorch;

import org.jspecify.annotations.NullMarked;
