@NullMarked
package io.github.spirabr.core.dataset;

import org.jspecify.annotations.NullMarked;
