package io.videottt.catalog.image;

import java.util.Arrays;

/** Resizes images and label maps to a network's working size. */
public final class ImageResize {

  private ImageResize() {}

  /**
   * Bilinear interpolation with half-pixel centres; when shrinking, the triangle is widened by the
   * scale so that every source pixel counts (antialiasing, as Pillow and torchvision do).
   *
   * @param image the source; returned itself when it already has the size
   * @param height rows of the result, at least 1
   * @param width columns of the result, at least 1
   */
  public static RgbImage bilinear(RgbImage image, int height, int width) {
    requirePositive(height, width);
    if (image.height() == height && image.width() == width) {
      return image;
    }
    return bilinear(image, height, width, 0, 0, height, width);
  }

  /**
   * A window of what {@link #bilinear(RgbImage, int, int)} gives, without computing the rest.
   *
   * @param image the source
   * @param height rows of the whole result, at least 1
   * @param width columns of the whole result, at least 1
   * @param top first row of the window
   * @param left first column of the window
   * @param rows of the window, at least 1
   * @param columns of the window, at least 1
   * @throws IllegalArgumentException when the window is not within the result
   */
  public static RgbImage bilinear(
      RgbImage image, int height, int width, int top, int left, int rows, int columns) {
    requirePositive(height, width);
    requirePositive(rows, columns);
    if (top < 0 || left < 0 || rows > height - top || columns > width - left) {
      throw new IllegalArgumentException(
          "no window of %d x %d at %d, %d in %d x %d"
              .formatted(rows, columns, top, left, height, width));
    }
    Taps across = Taps.of(image.width(), width).part(left, columns);
    Taps down = Taps.of(image.height(), height).part(top, rows);
    int first = down.start();
    float[] narrowed = resizeColumns(image, first, down.end(), across, columns);
    byte[] pixels = resizeRows(narrowed, first, down, rows, columns * 3);
    return new RgbImage(rows, columns, pixels);
  }

  /**
   * Nearest neighbour with half-pixel centres: labels are never mixed.
   *
   * @param map the source; returned itself when it already has the size
   * @param height rows of the result, at least 1
   * @param width columns of the result, at least 1
   */
  public static LabelMap nearest(LabelMap map, int height, int width) {
    requirePositive(height, width);
    if (map.height() == height && map.width() == width) {
      return map;
    }
    int[] columns = nearestIndices(map.width(), width);
    int[] rows = nearestIndices(map.height(), height);
    byte[] labels = new byte[height * width];
    for (int y = 0; y < height; y++) {
      int in = rows[y] * map.width();
      for (int x = 0; x < width; x++) {
        labels[y * width + x] = map.labels()[in + columns[x]];
      }
    }
    return new LabelMap(height, width, labels);
  }

  /**
   * The same for a mask.
   *
   * @param mask [fromHeight, fromWidth]
   * @return [height, width]
   */
  public static boolean[] nearest(
      boolean[] mask, int fromHeight, int fromWidth, int height, int width) {
    requirePositive(height, width);
    int[] columns = nearestIndices(fromWidth, width);
    int[] rows = nearestIndices(fromHeight, height);
    boolean[] resized = new boolean[height * width];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        resized[y * width + x] = mask[rows[y] * fromWidth + columns[x]];
      }
    }
    return resized;
  }

  private static void requirePositive(int height, int width) {
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException("cannot resize to %d x %d".formatted(height, width));
    }
  }

  private static int[] nearestIndices(int from, int to) {
    int[] indices = new int[to];
    for (int i = 0; i < to; i++) {
      indices[i] = (int) ((2L * i + 1) * from / (2L * to));
    }
    return indices;
  }

  /** The source's rows from first to before end, narrowed: [end - first, width, 3]. */
  private static float[] resizeColumns(RgbImage image, int first, int end, Taps taps, int width) {
    byte[] pixels = image.pixels();
    float[] result = new float[(end - first) * width * 3];
    int out = 0;
    for (int y = first; y < end; y++) {
      int row = y * image.width() * 3;
      for (int x = 0; x < width; x++) {
        float[] weights = taps.weights()[x];
        int in = row + taps.first()[x] * 3;
        float red = 0;
        float green = 0;
        float blue = 0;
        for (float weight : weights) {
          red += weight * (pixels[in] & 0xff);
          green += weight * (pixels[in + 1] & 0xff);
          blue += weight * (pixels[in + 2] & 0xff);
          in += 3;
        }
        result[out] = red;
        result[out + 1] = green;
        result[out + 2] = blue;
        out += 3;
      }
    }
    return result;
  }

  private static byte[] resizeRows(float[] source, int first, Taps taps, int height, int stride) {
    byte[] result = new byte[height * stride];
    float[] sum = new float[stride];
    for (int y = 0; y < height; y++) {
      Arrays.fill(sum, 0.5f);
      int in = (taps.first()[y] - first) * stride;
      for (float weight : taps.weights()[y]) {
        for (int i = 0; i < stride; i++) {
          sum[i] += weight * source[in + i];
        }
        in += stride;
      }
      for (int i = 0; i < stride; i++) {
        result[y * stride + i] = (byte) Math.min(255, (int) sum[i]);
      }
    }
    return result;
  }

  /**
   * Which source positions a result position is made of.
   *
   * @param first first source position of each result position
   * @param weights their weights, summing to 1
   */
  private record Taps(int[] first, float[][] weights) {

    /** Those of some result positions in a row. */
    Taps part(int from, int count) {
      return new Taps(
          Arrays.copyOfRange(first, from, from + count),
          Arrays.copyOfRange(weights, from, from + count));
    }

    /** The first source position that is used. */
    int start() {
      return first[0];
    }

    /** Behind the last source position that is used. */
    int end() {
      int end = 0;
      for (int i = 0; i < first.length; i++) {
        end = Math.max(end, first[i] + weights[i].length);
      }
      return end;
    }

    static Taps of(int from, int to) {
      double scale = (double) from / to;
      double support = Math.max(1, scale);
      int[] first = new int[to];
      float[][] weights = new float[to][];
      for (int i = 0; i < to; i++) {
        double centre = (i + 0.5) * scale;
        int start = Math.max(0, (int) (centre - support + 0.5));
        int end = Math.min(from, (int) (centre + support + 0.5));
        double[] triangle = new double[end - start];
        double total = 0;
        for (int j = start; j < end; j++) {
          triangle[j - start] = Math.max(0, 1 - Math.abs(j + 0.5 - centre) / support);
          total += triangle[j - start];
        }
        first[i] = start;
        weights[i] = new float[triangle.length];
        for (int j = 0; j < triangle.length; j++) {
          weights[i][j] = (float) (triangle[j] / total);
        }
      }
      return new Taps(first, weights);
    }
  }
}
