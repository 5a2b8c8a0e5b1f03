@NullMarked
package io.github.spirabr.training.engine;

import org.jspecify.annotations.NullMarked;
