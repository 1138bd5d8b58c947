package io.videottt.reports.player;

import io.videottt.reports.TimeLine;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What one method makes of a video.
 *
 * @param line the metric over the whole video
 * @param film the predictions in the shown frames
 * @param values the metric in each of the shown frames, percent; empty where it is not defined
 */
public record Track(TimeLine line, Film film, List<OptionalDouble> values) {

  /** Checks that pictures and values are of the same frames. */
  public Track {
    values = List.copyOf(values);
    if (values.size() != film.pictures().size()) {
      throw new IllegalArgumentException(
          "%d values of %d pictures".formatted(values.size(), film.pictures().size()));
    }
  }

  /** Name with the settings' name. */
  String title() {
    return line.title();
  }
}
