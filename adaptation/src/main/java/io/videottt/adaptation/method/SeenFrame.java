package io.videottt.adaptation.method;

import io.videottt.catalog.image.RgbImage;

/**
 * A frame before it is predicted.
 *
 * @param position in the order in which the method sees the frames, from 0
 * @param image the frame as it is
 * @param working the frame at the resolution that the network works at
 */
public record SeenFrame(int position, RgbImage image, RgbImage working) {}
