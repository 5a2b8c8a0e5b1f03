@NullMarked
package io.github.spirabr.pytorch;

import org.jspecify.annotations.NullMarked;
