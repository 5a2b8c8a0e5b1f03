@NullMarked
package io.github.spirabr.audio.internal;

import org.jspecify.annotations.NullMarked;
