@NullMarked
package io.github.spirabr.core.internal;

import org.jspecify.annotations.NullMarked;
