@NullMarked
package io.github.spirabr.tests;

import org.jspecify.annotations.NullMarked;
