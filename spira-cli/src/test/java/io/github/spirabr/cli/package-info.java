@NullMarked
package io.github.spirabr.cli;

import org.jspecify.annotations.NullMarked;
