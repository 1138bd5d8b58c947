package io.videottt.catalog.shift;

/** The blur of a lens that is out of focus: every point becomes a disc of equal brightness. */
final class DiscBlur {

  /**
   * Lines through a pixel's row that a disc's edge is computed at, so that small discs are round.
   */
  private static final int LINES = 4;

  private DiscBlur() {}

  /**
   * Blurs a frame in place; beyond its borders it goes on with the colours of the border.
   *
   * @param radius of the discs, in pixels; up to half a pixel nothing changes
   */
  static void apply(DamagedFrame frame, double radius) {
    if (radius <= 0) {
      return;
    }
    int reach = (int) Math.ceil(radius);
    double[] halves = halfWidths(radius, reach);
    double area = 0;
    for (double half : halves) {
      area += 2 * half;
    }
    if (area == 0) {
      return;
    }
    int height = frame.height();
    int width = frame.width();
    float[] source = frame.values().clone();
    double[][] sums = new double[height][];
    int pad = reach + 2;
    for (int channel = 0; channel < 3; channel++) {
      for (int y = 0; y < height; y++) {
        sums[y] = sums(source, y * width * 3 + channel, width, pad);
      }
      for (int y = 0; y < height; y++) {
        double[] row = new double[width];
        for (int line = 0; line < halves.length; line++) {
          if (halves[line] > 0) {
            int at = Math.max(0, Math.min(height - 1, y + line / LINES - reach));
            addRuns(sums[at], pad, halves[line], row);
          }
        }
        for (int x = 0; x < width; x++) {
          frame.values()[(y * width + x) * 3 + channel] = (float) (row[x] / area);
        }
      }
    }
  }

  /** Half the width of the disc at every line, {@link #LINES} for each row from top to bottom. */
  private static double[] halfWidths(double radius, int reach) {
    double[] halves = new double[(2 * reach + 1) * LINES];
    for (int i = 0; i < halves.length; i++) {
      double up = (i + 0.5) / LINES - 0.5 - reach;
      halves[i] = Math.sqrt(Math.max(0, radius * radius - up * up));
    }
    return halves;
  }

  /** Sums of a row's values from the left: [width + 2 pad + 1], the border's values beyond it. */
  private static double[] sums(float[] values, int first, int width, int pad) {
    double[] sums = new double[width + 2 * pad + 1];
    for (int i = 0; i < width + 2 * pad; i++) {
      int x = Math.max(0, Math.min(width - 1, i - pad));
      sums[i + 1] = sums[i] + values[first + x * 3];
    }
    return sums;
  }

  /** Adds to every pixel the integral of a row over a run around the pixel's middle. */
  private static void addRuns(double[] sums, int pad, double half, double[] row) {
    double left = pad + 0.5 - half;
    double right = pad + 0.5 + half;
    int firstLeft = (int) left;
    int firstRight = (int) right;
    double shareLeft = left - firstLeft;
    double shareRight = right - firstRight;
    for (int x = 0; x < row.length; x++) {
      int l = firstLeft + x;
      int r = firstRight + x;
      row[x] +=
          sums[r]
              + (sums[r + 1] - sums[r]) * shareRight
              - sums[l]
              - (sums[l + 1] - sums[l]) * shareLeft;
    }
  }
}
