@NullMarked
package io.github.spirabr.audio.transform;

import org.jspecify.annotations.NullMarked;
