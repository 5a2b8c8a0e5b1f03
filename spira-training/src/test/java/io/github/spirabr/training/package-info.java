@NullMarked
package io.github.spirabr.training;

import org.jspecify.annotations.NullMarked;
