/** Components by name: how a stored model or a configuration finds the parts it names. */
@NullMarked
package io.github.spirabr.core.component;

import org.jspecify.annotations.NullMarked;
