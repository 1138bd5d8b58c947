package io.videottt.catalog.image;

import java.awt.image.Raster;

/** The colours of a PNG file's samples. */
final class PngColours {

  private static final int COLOURS = 3;

  private PngColours() {}

  /**
   * Red, green and blue as stored: fewer than 8 bits are spread over the range, of 16 the upper 8
   * are kept.
   *
   * @param samples of every channel
   * @throws io.videottt.base.InvalidInputException when a sample is not in the palette
   */
  static RgbImage of(PngFile file, Raster samples) {
    int height = file.height();
    int width = file.width();
    byte[] pixels = new byte[height * width * COLOURS];
    boolean colour = file.colour().channels() >= COLOURS;
    if (colour && ImageDecoder.copyInterleaved(samples, pixels, COLOURS)) {
      return new RgbImage(height, width, pixels);
    }
    byte[][] values = file.colour() == PngFile.Colour.PALETTE ? palette(file) : levels(file);
    int channels = samples.getNumBands();
    int shift = Math.max(0, file.bitDepth() - Byte.SIZE);
    int[] row = new int[width * channels];
    int out = 0;
    for (int y = 0; y < height; y++) {
      samples.getPixels(0, y, width, 1, row);
      for (int x = 0; x < width; x++) {
        for (int channel = 0; channel < COLOURS; channel++) {
          int sample = row[x * channels + (colour ? channel : 0)] >> shift;
          pixels[out++] = values[channel][sample];
        }
      }
    }
    return new RgbImage(height, width, pixels);
  }

  private static byte[][] levels(PngFile file) {
    int largest = (1 << Math.min(Byte.SIZE, file.bitDepth())) - 1;
    byte[] levels = new byte[largest + 1];
    for (int i = 0; i <= largest; i++) {
      levels[i] = (byte) (i * 255 / largest);
    }
    return new byte[][] {levels, levels, levels};
  }

  /** Places behind the palette's end are black. */
  private static byte[][] palette(PngFile file) {
    byte[][] palette = new byte[COLOURS][1 << Byte.SIZE];
    for (int i = 0; i < file.palette().length; i++) {
      palette[i % COLOURS][i / COLOURS] = file.palette()[i];
    }
    return palette;
  }
}
