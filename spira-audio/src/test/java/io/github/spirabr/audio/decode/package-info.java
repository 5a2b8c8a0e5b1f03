@NullMarked
package io.github.spirabr.audio.decode;

import org.jspecify.annotations.NullMarked;
