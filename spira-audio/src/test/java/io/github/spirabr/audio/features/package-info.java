@NullMarked
package io.github.spirabr.audio.features;

import org.jspecify.annotations.NullMarked;
