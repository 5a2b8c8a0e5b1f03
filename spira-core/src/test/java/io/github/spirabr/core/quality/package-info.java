@NullMarked
package io.github.spirabr.core.quality;

import org.jspecify.annotations.NullMarked;
