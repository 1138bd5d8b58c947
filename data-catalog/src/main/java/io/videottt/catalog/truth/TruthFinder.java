package io.videottt.catalog.truth;

import io.videottt.base.Task;
import io.videottt.catalog.definition.SplitDefinition;
import io.videottt.catalog.file.FileProblem;
import java.util.List;
import java.util.Set;

/** Finds the ground truth of videos that lie in folders. Thread-safe. */
public interface TruthFinder {

  /**
   * The ground truth of a video.
   *
   * @param split where the video belongs; labels are wanted
   * @param frames the names of all images of the video
   * @param tasks what the ground truth shall serve, at least one
   */
  TruthSource find(SplitDefinition split, String video, Set<String> frames, Set<Task> tasks);

  /**
   * Ground truth of videos that are not there.
   *
   * @param videos the names of all folders of images
   */
  List<FileProblem> unmatched(SplitDefinition split, Set<String> videos);
}
