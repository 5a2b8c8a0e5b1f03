@NullMarked
package io.github.spirabr.examples.network;

import org.jspecify.annotations.NullMarked;
