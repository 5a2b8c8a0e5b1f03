/** Where things are kept that are told by an address. */
@NullMarked
package io.github.spirabr.core.storage;

import org.jspecify.annotations.NullMarked;
