package io.videottt.catalog.image;

/** The colours of a PNG file's samples. */
final class PngColours {

  private static final int COLOURS = 3;

  private PngColours() {}

  /**
   * Red, green and blue as stored: fewer than 8 bits are spread over the range, of 16 the upper 8
   * are kept. Places behind a palette's end are black.
   */
  static RgbImage of(PngFile file, PngSamples samples) {
    return new RgbImage(
        file.height(),
        file.width(),
        file.colour().channels() >= COLOURS ? colours(samples) : looked(file, samples));
  }

  private static byte[] colours(PngSamples samples) {
    byte[] bytes = samples.bytes();
    if (samples.channels() == COLOURS && samples.sampleBytes() == 1) {
      return bytes;
    }
    byte[] pixels = new byte[samples.height() * samples.width() * COLOURS];
    int step = samples.sampleBytes();
    int pixelBytes = samples.channels() * step;
    int in = 0;
    for (int out = 0; out < pixels.length; out += COLOURS) {
      pixels[out] = bytes[in];
      pixels[out + 1] = bytes[in + step];
      pixels[out + 2] = bytes[in + 2 * step];
      in += pixelBytes;
    }
    return pixels;
  }

  private static byte[] looked(PngFile file, PngSamples samples) {
    byte[][] values = file.colour() == PngFile.Colour.PALETTE ? palette(file) : levels(file);
    byte[] bytes = samples.bytes();
    byte[] pixels = new byte[samples.height() * samples.width() * COLOURS];
    int pixelBytes = samples.channels() * samples.sampleBytes();
    int in = 0;
    for (int out = 0; out < pixels.length; out += COLOURS) {
      int sample = bytes[in] & 0xff;
      pixels[out] = values[0][sample];
      pixels[out + 1] = values[1][sample];
      pixels[out + 2] = values[2][sample];
      in += pixelBytes;
    }
    return pixels;
  }

  private static byte[][] levels(PngFile file) {
    int largest = (1 << Math.min(Byte.SIZE, file.bitDepth())) - 1;
    byte[] levels = new byte[largest + 1];
    for (int i = 0; i <= largest; i++) {
      levels[i] = (byte) (i * 255 / largest);
    }
    return new byte[][] {levels, levels, levels};
  }

  private static byte[][] palette(PngFile file) {
    byte[][] palette = new byte[COLOURS][1 << Byte.SIZE];
    for (int i = 0; i < file.palette().length; i++) {
      palette[i % COLOURS][i / COLOURS] = file.palette()[i];
    }
    return palette;
  }
}
