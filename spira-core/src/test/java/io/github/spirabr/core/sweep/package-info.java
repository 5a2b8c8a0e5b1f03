@NullMarked
package io.github.spirabr.core.sweep;

import org.jspecify.annotations.NullMarked;
