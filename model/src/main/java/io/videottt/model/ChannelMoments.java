package io.videottt.model;

/**
 * Mean and variance of each channel of a layer's normalised activations.
 *
 * @param mean [C]
 * @param variance [C]
 */
public record ChannelMoments(double[] mean, double[] variance) {}
