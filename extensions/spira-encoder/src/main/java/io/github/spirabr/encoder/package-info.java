/** Frozen encoders: networks from ONNX files, whose embeddings are features. */
@NullMarked
package io.github.spirabr.encoder;

import org.jspecify.annotations.NullMarked;
