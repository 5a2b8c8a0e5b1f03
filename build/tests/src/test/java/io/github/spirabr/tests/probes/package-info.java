@NullMarked
package io.github.spirabr.tests.probes;

import org.jspecify.annotations.NullMarked;
