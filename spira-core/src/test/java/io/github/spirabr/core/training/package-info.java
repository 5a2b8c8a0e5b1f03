@NullMarked
package io.github.spirabr.core.training;

import org.jspecify.annotations.NullMarked;
