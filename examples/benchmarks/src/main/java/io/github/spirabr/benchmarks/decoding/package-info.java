/** How long decoding takes; {@code compare.sh decoding} holds it against the ffmpeg program. */
@NullMarked
package io.github.spirabr.benchmarks.decoding;

import org.jspecify.annotations.NullMarked;
