@NullMarked
package io.github.spirabr.core.probe;

import org.jspecify.annotations.NullMarked;
