@NullMarked
package io.github.spirabr.examples.probes;

import org.jspecify.annotations.NullMarked;
