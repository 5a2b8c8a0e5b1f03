/**
 * Spectrograms, mel spectrograms and MFCCs, with the numbers of torchaudio 0.13.
 *
 * <p>From samples to features: {@code FramePlan} finds the distinct frames of all windows, {@code FramePower}
 * transforms them many at a time ({@code RowFft}: one row per point, one lane per frame), {@code MelFilters}
 * and {@code CosineTransform} reduce them, and {@code FrameEngine} hands each window its frames.
 */
@NullMarked
package io.github.spirabr.audio.features;

import org.jspecify.annotations.NullMarked;
