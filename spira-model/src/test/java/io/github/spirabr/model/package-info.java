@NullMarked
package io.github.spirabr.model;

import org.jspecify.annotations.NullMarked;
