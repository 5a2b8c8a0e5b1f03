@NullMarked
package io.github.spirabr.storage.fs.journal;

import org.jspecify.annotations.NullMarked;
