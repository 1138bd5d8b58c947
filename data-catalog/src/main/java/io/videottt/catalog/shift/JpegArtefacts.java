package io.videottt.catalog.shift;

/**
 * What a JPEG file of low quality leaves of a frame: the cosine transform of blocks of 8 x 8
 * values, rounded to multiples of the standard's example tables. No file is written: coders round
 * differently, and the bits of one may change.
 */
final class JpegArtefacts {

  private static final int SIDE = 8;

  /** Table K.1 of ITU-T T.81: steps of the luminance, row by row. */
  private static final int[] LUMINANCE = {
    16, 11, 10, 16, 24, 40, 51, 61, //
    12, 12, 14, 19, 26, 58, 60, 55, //
    14, 13, 16, 24, 40, 57, 69, 56, //
    14, 17, 22, 29, 51, 87, 80, 62, //
    18, 22, 37, 56, 68, 109, 103, 77, //
    24, 35, 55, 64, 81, 104, 113, 92, //
    49, 64, 78, 87, 103, 121, 120, 101, //
    72, 92, 95, 98, 112, 100, 103, 99
  };

  /** Table K.2: steps of both colour differences. */
  private static final int[] COLOUR = {
    17, 18, 24, 47, 99, 99, 99, 99, //
    18, 21, 26, 66, 99, 99, 99, 99, //
    24, 26, 56, 99, 99, 99, 99, 99, //
    47, 66, 99, 99, 99, 99, 99, 99, //
    99, 99, 99, 99, 99, 99, 99, 99, //
    99, 99, 99, 99, 99, 99, 99, 99, //
    99, 99, 99, 99, 99, 99, 99, 99, //
    99, 99, 99, 99, 99, 99, 99, 99
  };

  /** Orthonormal basis of the cosine transform, [frequency, place]. */
  private static final double[][] BASIS = new double[SIDE][SIDE];

  static {
    for (int frequency = 0; frequency < SIDE; frequency++) {
      double norm = frequency == 0 ? Math.sqrt(1.0 / SIDE) : Math.sqrt(2.0 / SIDE);
      for (int place = 0; place < SIDE; place++) {
        BASIS[frequency][place] =
            norm * StrictMath.cos((2 * place + 1) * frequency * Math.PI / (2 * SIDE));
      }
    }
  }

  private JpegArtefacts() {}

  /**
   * Damages a frame in place.
   *
   * @param scale of the tables' steps, above 0: 1 is quality 50 of the usual coders, 10 quality 5
   */
  static void apply(DamagedFrame frame, double scale) {
    double[][] block = new double[3][SIDE * SIDE];
    for (int top = 0; top < frame.height(); top += SIDE) {
      for (int left = 0; left < frame.width(); left += SIDE) {
        load(frame, top, left, block);
        quantise(block[0], LUMINANCE, scale);
        quantise(block[1], COLOUR, scale);
        quantise(block[2], COLOUR, scale);
        store(block, frame, top, left);
      }
    }
  }

  /** Luminance and colour differences of a block, -128 to 127; borders are repeated beyond them. */
  private static void load(DamagedFrame frame, int top, int left, double[][] block) {
    for (int i = 0; i < SIDE * SIDE; i++) {
      int y = Math.min(frame.height() - 1, top + i / SIDE);
      int x = Math.min(frame.width() - 1, left + i % SIDE);
      int in = (y * frame.width() + x) * 3;
      double red = 255.0 * frame.values()[in];
      double green = 255.0 * frame.values()[in + 1];
      double blue = 255.0 * frame.values()[in + 2];
      block[0][i] = 0.299 * red + 0.587 * green + 0.114 * blue - 128;
      block[1][i] = -0.168736 * red - 0.331264 * green + 0.5 * blue;
      block[2][i] = 0.5 * red - 0.418688 * green - 0.081312 * blue;
    }
  }

  private static void store(double[][] block, DamagedFrame frame, int top, int left) {
    for (int i = 0; i < SIDE * SIDE; i++) {
      int y = top + i / SIDE;
      int x = left + i % SIDE;
      if (y < frame.height() && x < frame.width()) {
        double luminance = block[0][i] + 128;
        int out = (y * frame.width() + x) * 3;
        frame.values()[out] = unit(luminance + 1.402 * block[2][i]);
        frame.values()[out + 1] = unit(luminance - 0.344136 * block[1][i] - 0.714136 * block[2][i]);
        frame.values()[out + 2] = unit(luminance + 1.772 * block[1][i]);
      }
    }
  }

  private static float unit(double value) {
    return (float) Math.max(0, Math.min(1, value / 255));
  }

  private static void quantise(double[] block, int[] table, double scale) {
    double[] half = new double[SIDE * SIDE];
    double[] spectrum = new double[SIDE * SIDE];
    for (int y = 0; y < SIDE; y++) {
      for (int u = 0; u < SIDE; u++) {
        double sum = 0;
        for (int x = 0; x < SIDE; x++) {
          sum += BASIS[u][x] * block[y * SIDE + x];
        }
        half[y * SIDE + u] = sum;
      }
    }
    for (int v = 0; v < SIDE; v++) {
      for (int u = 0; u < SIDE; u++) {
        double sum = 0;
        for (int y = 0; y < SIDE; y++) {
          sum += BASIS[v][y] * half[y * SIDE + u];
        }
        double step = table[v * SIDE + u] * scale;
        spectrum[v * SIDE + u] = Math.rint(sum / step) * step;
      }
    }
    for (int v = 0; v < SIDE; v++) {
      for (int x = 0; x < SIDE; x++) {
        double sum = 0;
        for (int u = 0; u < SIDE; u++) {
          sum += BASIS[u][x] * spectrum[v * SIDE + u];
        }
        half[v * SIDE + x] = sum;
      }
    }
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        double sum = 0;
        for (int v = 0; v < SIDE; v++) {
          sum += BASIS[v][y] * half[v * SIDE + x];
        }
        block[y * SIDE + x] = sum;
      }
    }
  }
}
