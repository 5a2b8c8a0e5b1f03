@NullMarked
package io.github.spirabr.audio.speech;

import org.jspecify.annotations.NullMarked;
