/**
 * A reader of recordings on FFmpeg's libraries, in this process, from bytes that are taken as hostile. No signature shows a
 * type of FFmpeg.
 */
@NullMarked
package io.github.spirabr.audio.decode;

import org.jspecify.annotations.NullMarked;
