/** Answers of stored models about recordings and subjects. */
@NullMarked
package io.github.spirabr.core.prediction;

import org.jspecify.annotations.NullMarked;
