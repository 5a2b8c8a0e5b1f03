@NullMarked
package io.github.spirabr.core.recording;

import org.jspecify.annotations.NullMarked;
