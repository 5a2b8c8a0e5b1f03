@NullMarked
package io.github.spirabr.pytorch.internal;

import org.jspecify.annotations.NullMarked;
