package io.github.spirabr.training.internal.network;

/**
 * One convolution over time with normalisation and Mish.
 *
 * @param channels it gives
 * @param kernel kernel, in frames
 * @param dilation dilation, in frames
 * @param groups groups of the normalisation; with batch normalisation as many as channels
 * @param pooling whether the maximum of each two frames is taken
 */
public record Convolution(int channels, int kernel, int dilation, int groups, boolean pooling) {}
