/**
 * Decodes recordings by FFmpeg's libraries, in this process, from bytes that are taken as hostile.
 * No FFmpeg type shows in a signature here.
 */
@NullMarked
package io.github.spirabr.audio.decode;

import org.jspecify.annotations.NullMarked;
