@NullMarked
package io.github.spirabr.core.component;

import org.jspecify.annotations.NullMarked;
