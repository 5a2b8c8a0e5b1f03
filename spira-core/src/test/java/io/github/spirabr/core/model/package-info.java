@NullMarked
package io.github.spirabr.core.model;

import org.jspecify.annotations.NullMarked;
