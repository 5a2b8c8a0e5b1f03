/** Stored formats of earlier versions. */
@NullMarked
package io.github.spirabr.tests.formats;

import org.jspecify.annotations.NullMarked;
