package io.videottt.jobs.export;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * One course of numbers, as other programs call it a run: a unit of a sweep over the frames of its
 * video, or a training over its iterations.
 *
 * @param id 32 hexadecimal digits, the same at every export
 * @param source the folder that it comes from, as it was given
 * @param name a path of file names, separated by slashes
 * @param facts what it is, by column: data set, video, method, seed ...
 * @param settings by key
 * @param end when it ended
 * @param points in order
 */
record ExportedRun(
    String id,
    String source,
    String name,
    Map<String, String> facts,
    Map<String, String> settings,
    Instant end,
    List<Point> points) {

  private static final double MILLIS_PER_SECOND = 1000;

  /**
   * A number.
   *
   * @param metric its name
   * @param step frame or iteration
   * @param value finite
   * @param secondsBeforeEnd when it was measured
   */
  record Point(String metric, long step, double value, double secondsBeforeEnd) {}

  /** When a number was measured, milliseconds since 1970. */
  long millis(Point point) {
    return end.toEpochMilli() - Math.round(point.secondsBeforeEnd() * MILLIS_PER_SECOND);
  }

  /** When the first number was measured. */
  long firstMillis() {
    return points.stream().mapToLong(this::millis).min().orElse(end.toEpochMilli());
  }
}
