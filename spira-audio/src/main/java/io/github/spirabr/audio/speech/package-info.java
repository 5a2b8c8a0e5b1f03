/**
 * Measures of speech that phoneticians name: pauses, rate, fundamental frequency and voice quality.
 *
 * <p>From samples to numbers: {@code PitchAnalysis} correlates frames with themselves, {@code PitchPath} chooses one candidate
 * in each, {@code Pulses} finds the periods that jitter and shimmer compare, {@code SpectralShape} measures the spectra on the
 * way, and {@code SyllableNuclei} counts syllables.
 */
@NullMarked
package io.github.spirabr.audio.speech;

import org.jspecify.annotations.NullMarked;
