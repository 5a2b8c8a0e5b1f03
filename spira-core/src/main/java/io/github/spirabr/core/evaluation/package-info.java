/** Evaluation of models: recording-level probabilities, confusion matrix and metrics. */
@NullMarked
package io.github.spirabr.core.evaluation;

import org.jspecify.annotations.NullMarked;
