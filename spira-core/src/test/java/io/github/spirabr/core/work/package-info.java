@NullMarked
package io.github.spirabr.core.work;

import org.jspecify.annotations.NullMarked;
