/** Networks of Deeplearning4j's layers as the trainer uses them. */
@NullMarked
package io.github.spirabr.model.internal.network;

import org.jspecify.annotations.NullMarked;
