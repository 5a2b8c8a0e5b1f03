@NullMarked
package io.github.spirabr.audio.probe;

import org.jspecify.annotations.NullMarked;
