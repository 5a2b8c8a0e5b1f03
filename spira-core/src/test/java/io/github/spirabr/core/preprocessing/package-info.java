@NullMarked
package io.github.spirabr.core.preprocessing;

import org.jspecify.annotations.NullMarked;
