package io.videottt.catalog.truth;

import io.videottt.base.Task;
import io.videottt.catalog.definition.SplitDefinition;
import io.videottt.catalog.file.Leftovers;
import io.videottt.catalog.video.Video;
import java.util.List;
import java.util.Set;

/** Where the videos of a data set come from. Thread-safe. */
public interface VideoSource {

  /** The ids of the videos of a split, before its limit; may be empty. */
  List<String> videoIds(SplitDefinition split);

  /**
   * One video of a split.
   *
   * @param tasks what its frames shall carry ground truth for, all of them the layout's
   * @throws io.videottt.base.InvalidInputException when it has no frames
   */
  Video video(SplitDefinition split, String id, Set<Task> tasks);

  /** What lies beside the videos of a split and belongs to none of them. */
  default Leftovers leftovers(SplitDefinition split) {
    return Leftovers.NONE;
  }
}
