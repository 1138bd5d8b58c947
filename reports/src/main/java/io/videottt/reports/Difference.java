package io.videottt.reports;

/**
 * A difference to the fixed model with its 95 % confidence interval, in percent points.
 *
 * @param estimate method minus fixed model, frame-mean protocol
 * @param low lower end of the interval
 * @param high upper end of the interval
 */
public record Difference(double estimate, double low, double high) {}
