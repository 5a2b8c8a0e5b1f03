@NullMarked
package io.github.spirabr.testkit;

import org.jspecify.annotations.NullMarked;
