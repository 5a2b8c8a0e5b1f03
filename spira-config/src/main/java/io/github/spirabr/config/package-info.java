/** Experiments as YAML files: read, checked as a whole, assembled, and written back. */
@NullMarked
package io.github.spirabr.config;

import org.jspecify.annotations.NullMarked;
