/**
 * Looks behind a model's figures: does it answer by the speech, or by what came with it? What needs no signal processing is
 * here.
 */
@NullMarked
package io.github.spirabr.core.probe;

import org.jspecify.annotations.NullMarked;
