package io.videottt.jobs.saved;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What is kept of predictions. */
public enum SaveKind {
  /**
   * What is scored: label maps, COCO's panoptic maps and list, COCO's instances, colourised frames.
   */
  PREDICTIONS,
  /** The prediction drawn over every frame, to look at. */
  OVERLAYS,
  /** The prediction as a video. */
  VIDEO;

  /** Name on the command line and in files. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Some kinds as a set; none of none. */
  public static Set<SaveKind> set(Collection<SaveKind> kinds) {
    Set<SaveKind> set = EnumSet.noneOf(SaveKind.class);
    set.addAll(kinds);
    return set;
  }
}
