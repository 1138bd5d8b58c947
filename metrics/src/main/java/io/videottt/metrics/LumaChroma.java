package io.videottt.metrics;

/**
 * The colour space of colorization: luma Y' and the two chroma channels Cb and Cr of ITU-R BT.601
 * in full range, as JPEG files have them (ITU-T T.871). A gray frame is the luma of its colours,
 * which is therefore known exactly and stays; what is missing are two channels per pixel. Both
 * directions are linear, so that a mean squared error of chroma is one of colours, which CIE ab
 * would not give.
 *
 * <p>Colours are [pixels * 3] bytes, red, green, blue, unsigned. Luma is 0 to 255; chroma is -127.5
 * to 127.5, 0 where there is no colour.
 */
public final class LumaChroma {

  /** Cb and Cr. */
  public static final int CHANNELS = 2;

  private static final int COLOURS = 3;

  private static final double RED = 0.299;
  private static final double GREEN = 0.587;
  private static final double BLUE = 0.114;

  /** What one unit of Cr adds to red. */
  public static final double RED_OF_CR = 2 * (1 - RED);

  /** What one unit of Cb adds to blue. */
  public static final double BLUE_OF_CB = 2 * (1 - BLUE);

  /** What one unit of Cb adds to green: luma must stay. */
  public static final double GREEN_OF_CB = -BLUE * BLUE_OF_CB / GREEN;

  /** What one unit of Cr adds to green. */
  public static final double GREEN_OF_CR = -RED * RED_OF_CR / GREEN;

  private static final int LARGEST = 255;

  private LumaChroma() {}

  /**
   * The gray image: every pixel's luma, rounded to a byte, in all three channels.
   *
   * @param colours [pixels * 3]
   * @return [pixels * 3]
   */
  public static byte[] gray(byte[] colours) {
    requireColours(colours);
    byte[] gray = new byte[colours.length];
    for (int i = 0; i < colours.length; i += COLOURS) {
      byte luma = (byte) Math.round(luma(colours, i));
      gray[i] = luma;
      gray[i + 1] = luma;
      gray[i + 2] = luma;
    }
    return gray;
  }

  /**
   * The chroma of an image.
   *
   * @param colours [pixels * 3]
   * @return [2, pixels]: Cb of all pixels, then Cr of all
   */
  public static float[] chroma(byte[] colours) {
    requireColours(colours);
    int pixels = colours.length / COLOURS;
    float[] chroma = new float[CHANNELS * pixels];
    for (int pixel = 0, i = 0; pixel < pixels; pixel++, i += COLOURS) {
      double luma = luma(colours, i);
      chroma[pixel] = (float) (((colours[i + 2] & 0xFF) - luma) / BLUE_OF_CB);
      chroma[pixels + pixel] = (float) (((colours[i] & 0xFF) - luma) / RED_OF_CR);
    }
    return chroma;
  }

  /**
   * A gray image in colours; what no byte can hold is cut off, which changes that pixel's luma.
   *
   * @param gray [pixels * 3], of which the first channel is read
   * @param chroma [2, pixels]
   * @return [pixels * 3]
   */
  public static byte[] colours(byte[] gray, float[] chroma) {
    requireColours(gray);
    int pixels = gray.length / COLOURS;
    if (chroma.length != CHANNELS * pixels) {
      throw new IllegalArgumentException(
          "chroma of %d pixels has %d values, not %d"
              .formatted(pixels, chroma.length, CHANNELS * pixels));
    }
    byte[] colours = new byte[gray.length];
    for (int pixel = 0, i = 0; pixel < pixels; pixel++, i += COLOURS) {
      int luma = gray[i] & 0xFF;
      double cb = chroma[pixel];
      double cr = chroma[pixels + pixel];
      colours[i] = rounded(luma + RED_OF_CR * cr);
      colours[i + 1] = rounded(luma + GREEN_OF_CB * cb + GREEN_OF_CR * cr);
      colours[i + 2] = rounded(luma + BLUE_OF_CB * cb);
    }
    return colours;
  }

  private static double luma(byte[] colours, int i) {
    return RED * (colours[i] & 0xFF)
        + GREEN * (colours[i + 1] & 0xFF)
        + BLUE * (colours[i + 2] & 0xFF);
  }

  private static byte rounded(double value) {
    return (byte) Math.max(0, Math.min(LARGEST, Math.round(value)));
  }

  private static void requireColours(byte[] colours) {
    if (colours.length % COLOURS != 0) {
      throw new IllegalArgumentException(
          "%d bytes are not three per pixel".formatted(colours.length));
    }
  }
}
