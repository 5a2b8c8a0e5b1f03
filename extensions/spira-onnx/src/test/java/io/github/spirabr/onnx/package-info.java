@NullMarked
package io.github.spirabr.onnx;

import org.jspecify.annotations.NullMarked;
