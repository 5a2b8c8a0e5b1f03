@NullMarked
package io.github.spirabr.core.random;

import org.jspecify.annotations.NullMarked;
