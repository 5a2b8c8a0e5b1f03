/** What is known of a recording before a byte of it is read: id, subject, label, metadata, where its bytes are. */
@NullMarked
package io.github.spirabr.core.recording;

import org.jspecify.annotations.NullMarked;
