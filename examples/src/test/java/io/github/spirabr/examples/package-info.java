@NullMarked
package io.github.spirabr.examples;

import org.jspecify.annotations.NullMarked;
