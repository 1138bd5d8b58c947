package io.videottt.reports;

import io.videottt.reports.table.Cells;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Which frames a result is made of, against those that most results of the same evaluation set are
 * made of. Means over different frames do not compare.
 *
 * @param most frames where the metric is defined, of the repetition that has most
 * @param fewest the same of the repetition that has fewest
 * @param usual the same of most results
 * @param differing videos of which a repetition has other frames than most results; empty where the
 *     frames are the same
 */
public record FrameCoverage(long most, long fewest, long usual, List<OfVideo> differing) {

  /**
   * How many frames of a video a repetition has.
   *
   * @param video id
   * @param frames where the metric is defined, of the repetition
   * @param usual the same of most results
   */
  public record OfVideo(String video, long frames, long usual) {}

  /** Stands behind the name of a method whose numbers are over other frames than the others'. */
  public static final String OTHER_FRAMES = "(!)";

  /** Videos that are named; of more their number. */
  private static final int NAMED = 3;

  /** Keeps the list from being changed. */
  public FrameCoverage {
    differing = List.copyOf(differing);
  }

  /** The frames of all results. */
  public static FrameCoverage usual(long frames) {
    return new FrameCoverage(frames, frames, frames, List.of());
  }

  /** Whether the frames are those of most results. */
  public boolean isUsual() {
    return differing.isEmpty();
  }

  /** The number of frames as a cell: {@code 6 of 9} where they are not those of most results. */
  public String cell() {
    return isUsual() ? Cells.count(most) : counted() + " of " + usual;
  }

  private String counted() {
    return fewest == most ? Cells.count(most) : "%d to %d".formatted(fewest, most);
  }

  /**
   * Which frames, in words.
   *
   * @param titles of videos by their ids
   */
  public String describe(UnaryOperator<String> titles) {
    String named =
        differing.stream()
            .limit(NAMED)
            .map(
                own ->
                    "%s: %d of %d".formatted(titles.apply(own.video()), own.frames(), own.usual()))
            .collect(Collectors.joining(", "));
    int others = differing.size() - NAMED;
    return "%s of the others' %d evaluated frames (video %s%s)"
        .formatted(
            counted(), usual, named, others > 0 ? " and %d more videos".formatted(others) : "");
  }
}
