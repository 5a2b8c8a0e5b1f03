/** Networks of Deeplearning4j's layers; nothing of that framework shows in a signature here. */
@NullMarked
package io.github.spirabr.model;

import org.jspecify.annotations.NullMarked;
