@NullMarked
package io.github.spirabr.core.evaluation;

import org.jspecify.annotations.NullMarked;
