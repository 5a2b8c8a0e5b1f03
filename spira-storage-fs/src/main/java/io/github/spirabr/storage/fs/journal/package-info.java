/** The journal of continuous training in a folder. */
@NullMarked
package io.github.spirabr.storage.fs.journal;

import org.jspecify.annotations.NullMarked;
