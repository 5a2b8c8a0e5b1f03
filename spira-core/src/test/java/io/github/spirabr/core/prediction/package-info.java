@NullMarked
package io.github.spirabr.core.prediction;

import org.jspecify.annotations.NullMarked;
