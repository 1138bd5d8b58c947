package io.videottt.catalog.truth;

import io.videottt.base.Task;
import io.videottt.catalog.definition.SplitDefinition;
import io.videottt.catalog.file.FileProblem;
import io.videottt.catalog.file.InputFiles;
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
   * Names the files that the ground truth of a video is read from.
   *
   * @param split where the video belongs; labels are wanted
   * @param frames the names of the frames that the split has of the video
   * @param files takes them
   */
  void addFiles(SplitDefinition split, String video, Set<String> frames, InputFiles files);

  /**
   * Ground truth of videos that are not there.
   *
   * @param videos the names of all folders of images
   */
  List<FileProblem> unmatched(SplitDefinition split, Set<String> videos);
}
