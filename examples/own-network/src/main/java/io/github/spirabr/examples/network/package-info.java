/** A network of one's own in place of the published ones. */
@NullMarked
package io.github.spirabr.examples.network;

import org.jspecify.annotations.NullMarked;
