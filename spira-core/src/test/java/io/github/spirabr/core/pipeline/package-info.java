@NullMarked
package io.github.spirabr.core.pipeline;

import org.jspecify.annotations.NullMarked;
