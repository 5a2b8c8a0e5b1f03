/** The parts shared by all packages of the core, such as its base exception. */
@NullMarked
package io.github.spirabr.core;

import org.jspecify.annotations.NullMarked;
