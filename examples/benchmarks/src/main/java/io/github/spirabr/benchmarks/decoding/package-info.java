/** Benchmarks of decoding; {@code compare.sh decoding} compares them with the ffmpeg program. */
@NullMarked
package io.github.spirabr.benchmarks.decoding;

import org.jspecify.annotations.NullMarked;
