/** The assembly: from recordings to an evaluated and stored model, and the prediction asked of it. */
@NullMarked
package io.github.spirabr.core.pipeline;

import org.jspecify.annotations.NullMarked;
