package io.videottt.reports;

/**
 * A result of a method that samples from a window of frames.
 *
 * @param measurement the result
 * @param window k, frames in the window; 0 for all frames seen so far
 * @param otherSettings all settings but the window, to tell which results can be compared
 */
public record WindowResult(Measurement measurement, int window, String otherSettings) {}
