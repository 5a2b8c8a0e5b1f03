@NullMarked
package io.github.spirabr.training.internal.network;

import org.jspecify.annotations.NullMarked;
