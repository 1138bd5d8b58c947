package io.videottt.metrics;

/**
 * The colourfulness of an image (Hasler and Suesstrunk, "Measuring colourfulness in natural
 * images", 2003, their M3): with {@code rg = R - G} and {@code yb = (R + G) / 2 - B}, the length of
 * the standard deviations of both plus 0.3 times the length of their means. 0 of a gray image;
 * their observers called 15 slightly, 33 moderately, 59 quite and 109 extremely colourful.
 */
public final class Colourfulness {

  private static final int CHANNELS = 3;
  private static final double SHARE_OF_MEANS = 0.3;

  private Colourfulness() {}

  /**
   * The colourfulness.
   *
   * @param colours [pixels * 3] unsigned bytes, red, green, blue, at least one pixel
   */
  public static double of(byte[] colours) {
    if (colours.length == 0 || colours.length % CHANNELS != 0) {
      throw new IllegalArgumentException("%d bytes are no image".formatted(colours.length));
    }
    // Twice yb, so that all sums are exact.
    long redGreen = 0;
    long redGreenSquares = 0;
    long yellowBlue = 0;
    long yellowBlueSquares = 0;
    for (int i = 0; i < colours.length; i += CHANNELS) {
      long red = colours[i] & 0xFF;
      long green = colours[i + 1] & 0xFF;
      long rg = red - green;
      long yb = red + green - 2L * (colours[i + 2] & 0xFF);
      redGreen += rg;
      redGreenSquares += rg * rg;
      yellowBlue += yb;
      yellowBlueSquares += yb * yb;
    }
    double pixels = colours.length / (double) CHANNELS;
    double meanRedGreen = redGreen / pixels;
    double meanYellowBlue = yellowBlue / pixels / 2;
    double varianceRedGreen = redGreenSquares / pixels - meanRedGreen * meanRedGreen;
    double varianceYellowBlue = yellowBlueSquares / pixels / 4 - meanYellowBlue * meanYellowBlue;
    return Math.sqrt(Math.max(0, varianceRedGreen + varianceYellowBlue))
        + SHARE_OF_MEANS * Math.hypot(meanRedGreen, meanYellowBlue);
  }
}
