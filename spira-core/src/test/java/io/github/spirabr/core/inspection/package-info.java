@NullMarked
package io.github.spirabr.core.inspection;

import org.jspecify.annotations.NullMarked;
