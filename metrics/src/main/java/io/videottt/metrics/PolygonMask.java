package io.videottt.metrics;

import io.videottt.base.InvalidInputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Turns polygons into masks exactly as the COCO tools do: the outline is drawn on a grid five times
 * finer, and where it crosses the middle of a column a run begins or ends.
 */
public final class PolygonMask {

  private static final double SCALE = 5;
  private static final double ROUND = 0.5;
  private static final int LEAST_POINTS = 3;

  /** An outline longer than this on the fine grid belongs to no image. */
  private static final long LONGEST_OUTLINE = 1L << 26;

  private static final long LARGEST_IMAGE = 1L << 30;

  private PolygonMask() {}

  /**
   * The union of some polygons.
   *
   * @param height rows of the image
   * @param width columns of the image
   * @param polygons each x0, y0, x1, y1, ... in pixels, at least three points
   * @throws InvalidInputException when a polygon has fewer points, a coordinate without partner, or
   *     one that is not a number or far outside
   */
  public static RunLengthMask of(int height, int width, List<double[]> polygons) {
    if (height < 1 || width < 1 || (long) height * width > LARGEST_IMAGE) {
      throw new InvalidInputException(
          "a polygon lies in an image of %d x %d pixels (width x height)".formatted(width, height));
    }
    if (polygons.isEmpty()) {
      throw new InvalidInputException("a segmentation has no polygon");
    }
    List<RunLengthMask> masks = new ArrayList<>();
    for (double[] polygon : polygons) {
      if (polygon.length < 2 * LEAST_POINTS || polygon.length % 2 != 0) {
        throw new InvalidInputException(
            "a polygon has %d coordinates, expected an even number from %d on"
                .formatted(polygon.length, 2 * LEAST_POINTS));
      }
      masks.add(rasterise(height, width, polygon));
    }
    return RunLengthMask.union(masks);
  }

  private static RunLengthMask rasterise(int height, int width, double[] polygon) {
    Outline outline = outline(polygon);
    int[] crossings = new int[outline.size];
    int count = 0;
    for (int i = 1; i < outline.size; i++) {
      int before = outline.x[i - 1];
      int here = outline.x[i];
      if (here == before) {
        continue;
      }
      double column = ((here < before ? here : here - 1) + ROUND) / SCALE - ROUND;
      if (Math.floor(column) != column || column < 0 || column > width - 1) {
        continue;
      }
      double row = (Math.min(outline.y[i], outline.y[i - 1]) + ROUND) / SCALE - ROUND;
      row = Math.ceil(Math.max(0, Math.min(height, row)));
      crossings[count++] = ((int) column) * height + (int) row;
    }
    return runs(height, width, crossings, count);
  }

  /** Each crossing switches between outside and inside; two at one place cancel out. */
  private static RunLengthMask runs(int height, int width, int[] crossings, int count) {
    int[] ends = Arrays.copyOf(crossings, count + 1);
    ends[count] = height * width;
    Arrays.sort(ends);
    int[] runs = new int[count + 1];
    int size = 0;
    int previous = 0;
    for (int i = 0; i < ends.length; i++) {
      int run = ends[i] - previous;
      previous = ends[i];
      if (run > 0 || i == 0) {
        runs[size++] = run;
      } else if (++i < ends.length) {
        runs[size - 1] += ends[i] - previous;
        previous = ends[i];
      }
    }
    return new RunLengthMask(height, width, Arrays.copyOf(runs, size));
  }

  /** The points of the closed outline on the fine grid. */
  private static Outline outline(double[] polygon) {
    int corners = polygon.length / 2;
    int[] x = new int[corners + 1];
    int[] y = new int[corners + 1];
    long length = 0;
    for (int i = 0; i <= corners; i++) {
      x[i] = fine(polygon[2 * (i % corners)]);
      y[i] = fine(polygon[2 * (i % corners) + 1]);
      if (i > 0) {
        length += Math.max(Math.abs((long) x[i] - x[i - 1]), Math.abs((long) y[i] - y[i - 1])) + 1;
      }
    }
    if (length > LONGEST_OUTLINE) {
      throw new InvalidInputException("a polygon reaches far outside of any image");
    }
    Outline outline = new Outline((int) length);
    for (int i = 0; i < corners; i++) {
      outline.line(x[i], y[i], x[i + 1], y[i + 1]);
    }
    return outline;
  }

  private static int fine(double coordinate) {
    if (!(Math.abs(coordinate) < LONGEST_OUTLINE / SCALE)) {
      throw new InvalidInputException("a polygon has the coordinate " + coordinate);
    }
    return (int) (SCALE * coordinate + ROUND);
  }

  /** A growing list of points. */
  private static final class Outline {

    private final int[] x;
    private final int[] y;
    private int size;

    Outline(int capacity) {
      this.x = new int[capacity];
      this.y = new int[capacity];
    }

    /** Every point of a line, from its first to its last, rounded from its lower end on. */
    void line(int fromX, int fromY, int toX, int toY) {
      int spanX = Math.abs(toX - fromX);
      int spanY = Math.abs(toY - fromY);
      boolean flat = spanX >= spanY;
      boolean flipped = flat && fromX > toX || !flat && fromY > toY;
      int startX = flipped ? toX : fromX;
      int startY = flipped ? toY : fromY;
      int endX = flipped ? fromX : toX;
      int endY = flipped ? fromY : toY;
      int span = Math.max(spanX, spanY);
      // A point repeated at once has no slope and needs none.
      double slope = span == 0 ? 0 : (double) (flat ? endY - startY : endX - startX) / span;
      for (int i = 0; i <= span; i++) {
        int step = flipped ? span - i : i;
        x[size] = flat ? startX + step : (int) (startX + slope * step + ROUND);
        y[size] = flat ? (int) (startY + slope * step + ROUND) : startY + step;
        size++;
      }
    }
  }
}
