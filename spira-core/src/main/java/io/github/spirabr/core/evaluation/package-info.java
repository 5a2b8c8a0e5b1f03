/** What a model is worth: probabilities by recording, confusion matrix and its figures. */
@NullMarked
package io.github.spirabr.core.evaluation;

import org.jspecify.annotations.NullMarked;
