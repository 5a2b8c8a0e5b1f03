@NullMarked
package io.github.spirabr.storage.fs.internal;

import org.jspecify.annotations.NullMarked;
