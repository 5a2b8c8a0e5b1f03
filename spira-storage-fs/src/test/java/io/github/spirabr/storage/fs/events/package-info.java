@NullMarked
package io.github.spirabr.storage.fs.events;

import org.jspecify.annotations.NullMarked;
