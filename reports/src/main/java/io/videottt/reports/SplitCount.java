package io.videottt.reports;

import io.videottt.reports.table.VisibleText;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What of a split was run.
 *
 * @param split its name
 * @param frames that were run, of all videos
 * @param published frames of the whole split as published, where the catalogue knows
 * @param title what its videos are, in words that follow "on"; empty where the results do not tell
 * @param videoTitles what videos are called, by id, only of those that have a title
 */
public record SplitCount(
    String split,
    long frames,
    OptionalLong published,
    String title,
    Map<String, String> videoTitles) {

  /** A split without titles. */
  public SplitCount(String split, long frames, OptionalLong published) {
    this(split, frames, published, "", Map.of());
  }

  /** Makes foreign words harmless and keeps the map from being changed. */
  public SplitCount {
    title = VisibleText.of(title);
    videoTitles = Map.copyOf(videoTitles);
  }
}
