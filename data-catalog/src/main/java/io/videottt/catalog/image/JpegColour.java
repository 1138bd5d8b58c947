package io.videottt.catalog.image;

/**
 * What the components of a JPEG file mean, and how they become red, green and blue: as libjpeg and
 * Pillow's {@code convert("RGB")} do to the last bit. Colour profiles are not applied.
 */
enum JpegColour {
  /** One component. */
  GRAY {
    @Override
    void convert(byte[] samples, int in, byte[] rgb, int out) {
      byte gray = samples[in];
      rgb[out] = gray;
      rgb[out + 1] = gray;
      rgb[out + 2] = gray;
    }
  },
  /** Red, green and blue as they are. */
  RGB {
    @Override
    void convert(byte[] samples, int in, byte[] rgb, int out) {
      rgb[out] = samples[in];
      rgb[out + 1] = samples[in + 1];
      rgb[out + 2] = samples[in + 2];
    }
  },
  /** Luminance and two colour differences of ITU-R BT.601, full range. */
  YCBCR {
    @Override
    void convert(byte[] samples, int in, byte[] rgb, int out) {
      rgb[out] = (byte) red(samples, in);
      rgb[out + 1] = (byte) green(samples, in);
      rgb[out + 2] = (byte) blue(samples, in);
    }
  },
  /** Printing inks, stored inverted as Adobe does; Pillow takes all files for such. */
  CMYK {
    @Override
    void convert(byte[] samples, int in, byte[] rgb, int out) {
      int black = samples[in + 3] & 0xff;
      mix(samples[in] & 0xff, samples[in + 1] & 0xff, samples[in + 2] & 0xff, black, rgb, out);
    }
  },
  /** The same with the first three inks, inverted once more, as luminance and differences. */
  YCCK {
    @Override
    void convert(byte[] samples, int in, byte[] rgb, int out) {
      int cyan = 255 - red(samples, in);
      int magenta = 255 - green(samples, in);
      int yellow = 255 - blue(samples, in);
      mix(cyan, magenta, yellow, samples[in + 3] & 0xff, rgb, out);
    }
  };

  // The conversion's factors as libjpeg has them, times 65536.
  private static final int SCALE_BITS = 16;
  private static final int HALF = 1 << SCALE_BITS - 1;
  private static final int RED_OF_CR = 91881;
  private static final int GREEN_OF_CB = 22554;
  private static final int GREEN_OF_CR = 46802;
  private static final int BLUE_OF_CB = 116130;

  private static final int CENTRE = 128;

  /**
   * Converts a pixel.
   *
   * @param samples unsigned bytes, one for each component from {@code in} on
   * @param rgb receives three bytes from {@code out} on
   */
  abstract void convert(byte[] samples, int in, byte[] rgb, int out);

  /** The meaning that libjpeg finds in a file's markers. */
  static JpegColour of(JpegFrame frame, boolean jfif, int adobeTransform) {
    int[] ids = frame.componentIds();
    return switch (ids.length) {
      case 1 -> GRAY;
      case 3 -> {
        if (jfif) {
          yield YCBCR;
        }
        if (adobeTransform != JpegFile.NO_ADOBE) {
          yield adobeTransform == 0 ? RGB : YCBCR;
        }
        yield ids[0] == 'R' && ids[1] == 'G' && ids[2] == 'B' ? RGB : YCBCR;
      }
      default -> adobeTransform == JpegFile.NO_ADOBE || adobeTransform == 0 ? CMYK : YCCK;
    };
  }

  private static int red(byte[] samples, int in) {
    return clamped((samples[in] & 0xff) + (RED_OF_CR * redness(samples, in) + HALF >> SCALE_BITS));
  }

  private static int green(byte[] samples, int in) {
    int difference =
        HALF - GREEN_OF_CB * blueness(samples, in) - GREEN_OF_CR * redness(samples, in);
    return clamped((samples[in] & 0xff) + (difference >> SCALE_BITS));
  }

  private static int blue(byte[] samples, int in) {
    return clamped(
        (samples[in] & 0xff) + (BLUE_OF_CB * blueness(samples, in) + HALF >> SCALE_BITS));
  }

  private static int blueness(byte[] samples, int in) {
    return (samples[in + 1] & 0xff) - CENTRE;
  }

  private static int redness(byte[] samples, int in) {
    return (samples[in + 2] & 0xff) - CENTRE;
  }

  private static int clamped(int value) {
    return Math.max(0, Math.min(255, value));
  }

  /** Inks, all stored as 255 - ink. */
  private static void mix(int cyan, int magenta, int yellow, int black, byte[] rgb, int out) {
    rgb[out] = (byte) (black - product(255 - cyan, black));
    rgb[out + 1] = (byte) (black - product(255 - magenta, black));
    rgb[out + 2] = (byte) (black - product(255 - yellow, black));
  }

  /** The product of two fractions of 255, rounded. */
  private static int product(int one, int other) {
    int value = one * other + CENTRE;
    return (value >> 8) + value >> 8;
  }
}
