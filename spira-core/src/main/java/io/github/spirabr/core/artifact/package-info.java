/** The files of a stored model: its recipe, provenance and input statistics. */
@NullMarked
package io.github.spirabr.core.artifact;

import org.jspecify.annotations.NullMarked;
