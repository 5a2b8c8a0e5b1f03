@NullMarked
package io.github.spirabr.core.promotion;

import org.jspecify.annotations.NullMarked;
