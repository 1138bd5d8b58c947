package io.videottt.reports.player;

import io.videottt.reports.table.FileName;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * A few frames of a clip beside each other, evenly spaced: input, ground truth, the fixed model and
 * the method to look at first, each in a row. What is printed, and shown where no script runs.
 *
 * @param clip whose frames are shown
 * @param titles what it is called
 */
public record Strip(Clip clip, ClipTitles titles) {

  /** Frames of a strip. */
  static final int MOST_FRAMES = 5;

  /**
   * A row.
   *
   * @param title what it shows
   * @param film its pictures
   * @param values the metric below them; empty for input and truth
   */
  public record Row(String title, Film film, List<OptionalDouble> values) {

    public Optional<byte[]> picture(int frame) {
      return film.pictures().get(frame);
    }

    /** The metric in percent with one digit; empty where there is none. */
    public String value(int frame) {
      OptionalDouble value = values.isEmpty() ? OptionalDouble.empty() : values.get(frame);
      return value.isPresent() ? String.format(Locale.ROOT, "%.1f", value.getAsDouble()) : "";
    }
  }

  /** Places of the frames in the clip, each in the middle of its share. */
  public List<Integer> places() {
    int all = clip.frames().size();
    int count = Math.min(MOST_FRAMES, all);
    return IntStream.range(0, count).mapToObj(i -> (2 * i + 1) * all / (2 * count)).toList();
  }

  public List<Row> rows() {
    return List.of(
        new Row("Input", clip.input(), List.of()),
        new Row("Ground truth", clip.truth(), List.of()),
        row("Fixed", clip.fixed()),
        row("Adapted", clip.first()));
  }

  private static Row row(String role, Track track) {
    return new Row(role + ": " + ClipTitles.name(track.title()), track.film(), track.values());
  }

  public String title() {
    return "%s: %s".formatted(video(), results());
  }

  /** The video's title. */
  String video() {
    return titles.video(clip);
  }

  /** What was evaluated, in words. */
  String results() {
    return titles.results(clip);
  }

  /** What the numbers below the pictures are. */
  public String caption() {
    return "%d of the video's %d frames. Below the predictions: %s in that frame, percent."
        .formatted(places().size(), clip.length(), clip.set().task().metric());
  }

  /** File name stem. */
  String name() {
    return FileName.of(
        "strip-%s-%s-%s-%s-%s"
            .formatted(
                clip.set().dataset(),
                clip.set().split(),
                clip.set().task().id(),
                clip.model(),
                clip.video()));
  }
}
