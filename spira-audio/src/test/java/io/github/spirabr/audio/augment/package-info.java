@NullMarked
package io.github.spirabr.audio.augment;

import org.jspecify.annotations.NullMarked;
