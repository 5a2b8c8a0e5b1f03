@NullMarked
package io.github.spirabr.core.artifact;

import org.jspecify.annotations.NullMarked;
