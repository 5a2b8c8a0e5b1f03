/** The port that keeps the documents of continuous training. */
@NullMarked
package io.github.spirabr.core.journal;

import org.jspecify.annotations.NullMarked;
