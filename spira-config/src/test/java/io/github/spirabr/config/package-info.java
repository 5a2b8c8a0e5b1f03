@NullMarked
package io.github.spirabr.config;

import org.jspecify.annotations.NullMarked;
