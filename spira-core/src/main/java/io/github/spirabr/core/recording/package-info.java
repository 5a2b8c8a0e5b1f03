/** Recordings before any of their bytes are read: id, subject, label, metadata, source of the bytes. */
@NullMarked
package io.github.spirabr.core.recording;

import org.jspecify.annotations.NullMarked;
