package io.videottt.reports.player;

import io.videottt.reports.EvaluationSet;
import io.videottt.reports.Titles;
import io.videottt.reports.table.VisibleText;

/**
 * What a clip's results, video and methods are called beside its pictures: names come from results
 * and stand on one line, of characters that can be seen.
 *
 * @param titles of data sets, splits and videos
 */
public record ClipTitles(Titles titles) {

  /** Characters of a name in a list to choose from. */
  private static final int LONGEST = 100;

  /** Data, task and model in words. */
  String results(Clip clip) {
    EvaluationSet set = clip.set();
    return "%s: %s, model %s"
        .formatted(name(titles.data(set)), set.task().title(), name(clip.model()));
  }

  String video(Clip clip) {
    return name(titles.video(clip.set(), clip.video()));
  }

  static String name(String text) {
    return VisibleText.of(text, LONGEST);
  }
}
