package io.videottt.adaptation.frames;

/**
 * A sample that is a window of its image, pixel by pixel.
 *
 * @param top first row
 * @param left first column
 * @param mirrored whether left and right change places in it
 */
public record PixelWindow(int top, int left, boolean mirrored) {}
