@NullMarked
package io.github.spirabr.storage.fs.audio;

import org.jspecify.annotations.NullMarked;
