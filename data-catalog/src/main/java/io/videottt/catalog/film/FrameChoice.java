package io.videottt.catalog.film;

import io.videottt.catalog.file.FileProblem;
import java.util.Locale;
import java.util.stream.IntStream;

/** Which frames of a file are taken. */
final class FrameChoice {

  /** Times of frames are rounded to the file's clock, so that they may come a little late. */
  private static final double CLOCK = 1e-3;

  private FrameChoice() {}

  /**
   * The numbers of the frames, ascending. Where seconds between them are given, those that are on
   * the screen at these moments, each once.
   *
   * @param source file name for messages
   * @throws FileProblem when there is none between the layout's seconds
   */
  static int[] of(FrameTimes times, VideoFilesLayout layout, String source) {
    int count = times.count();
    double to = layout.to() > 0 ? layout.to() : Double.POSITIVE_INFINITY;
    int[] chosen;
    if (layout.everySeconds() == 0) {
      chosen =
          IntStream.range(0, count)
              .filter(i -> times.seconds(i) >= layout.from() - CLOCK && times.seconds(i) < to)
              .toArray();
    } else {
      IntStream.Builder numbers = IntStream.builder();
      int frame = 0;
      int last = -1;
      double end = Math.min(to, times.endSeconds());
      for (long step = 0; ; step++) {
        double moment = layout.from() + step * layout.everySeconds();
        if (moment >= end - CLOCK) {
          break;
        }
        while (frame + 1 < count && times.seconds(frame + 1) <= moment + CLOCK) {
          frame++;
        }
        if (frame != last) {
          numbers.add(frame);
          last = frame;
        } else if (frame + 1 >= count) {
          break;
        } else {
          // Moments that the same frame is on the screen at are passed over at once.
          step = Math.max(step, stepBefore(times.seconds(frame + 1), layout));
        }
      }
      chosen = numbers.build().toArray();
    }
    if (chosen.length == 0) {
      throw FileProblem.unreadable(
          source,
          String.format(
              Locale.ROOT,
              "has no frame from second %s%s; it has %d, in %.2f s",
              layout.from(),
              layout.to() > 0 ? " to " + layout.to() : "",
              count,
              times.endSeconds()));
    }
    return chosen;
  }

  private static long stepBefore(double seconds, VideoFilesLayout layout) {
    return (long) Math.floor((seconds - CLOCK - layout.from()) / layout.everySeconds()) - 1;
  }
}
