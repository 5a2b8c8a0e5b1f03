@NullMarked
package io.github.spirabr.tests.experiments;

import org.jspecify.annotations.NullMarked;
