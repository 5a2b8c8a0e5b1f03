@NullMarked
package io.github.spirabr.audio;

import org.jspecify.annotations.NullMarked;
