@NullMarked
package io.github.spirabr.core.audio;

import org.jspecify.annotations.NullMarked;
