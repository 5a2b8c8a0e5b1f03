/** What a network computes, layer by layer, in terms of no framework: what exporters read. */
@NullMarked
package io.github.spirabr.core.network;

import org.jspecify.annotations.NullMarked;
