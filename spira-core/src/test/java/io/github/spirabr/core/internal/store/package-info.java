@NullMarked
package io.github.spirabr.core.internal.store;

import org.jspecify.annotations.NullMarked;
