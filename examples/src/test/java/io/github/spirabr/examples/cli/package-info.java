@NullMarked
package io.github.spirabr.examples.cli;

import org.jspecify.annotations.NullMarked;
