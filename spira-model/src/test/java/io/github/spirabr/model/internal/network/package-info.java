@NullMarked
package io.github.spirabr.model.internal.network;

import org.jspecify.annotations.NullMarked;
