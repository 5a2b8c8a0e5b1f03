@NullMarked
package io.github.spirabr.encoder;

import org.jspecify.annotations.NullMarked;
