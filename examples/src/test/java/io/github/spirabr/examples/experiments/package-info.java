@NullMarked
package io.github.spirabr.examples.experiments;

import org.jspecify.annotations.NullMarked;
