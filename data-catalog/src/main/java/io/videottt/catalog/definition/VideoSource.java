package io.videottt.catalog.definition;

import io.videottt.base.Task;
import io.videottt.catalog.file.InputFiles;
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
   * @param tasks what its frames shall carry ground truth for, all of them the layout's; empty for
   *     frames without ground truth, as of videos that are opened for colorization
   * @throws io.videottt.base.InvalidInputException when it has no frames
   */
  Video video(SplitDefinition split, String id, Set<Task> tasks);

  /**
   * Names the files that a video's frames and, where the split wants labels, their ground truth are
   * read from: a sweep that goes on compares them with those that its results were computed from.
   * Nothing is added where frames are computed.
   *
   * @param files takes them
   * @throws io.videottt.base.InvalidInputException when the video has no frames
   */
  void addFiles(SplitDefinition split, String id, InputFiles files);

  /** What lies beside the videos of a split and belongs to none of them. */
  default Leftovers leftovers(SplitDefinition split) {
    return Leftovers.NONE;
  }
}
