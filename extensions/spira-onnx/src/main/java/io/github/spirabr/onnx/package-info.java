/** Trained networks as ONNX graphs, for services in other languages. */
@NullMarked
package io.github.spirabr.onnx;

import org.jspecify.annotations.NullMarked;
