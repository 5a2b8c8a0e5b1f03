@NullMarked
package io.github.spirabr.tests.docs;

import org.jspecify.annotations.NullMarked;
