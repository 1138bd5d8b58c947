package io.videottt.catalog;

import io.videottt.catalog.definition.DataSetDefinition;
import io.videottt.catalog.file.FileProblem;
import io.videottt.catalog.file.Tally;
import io.videottt.catalog.file.TruthWarning;
import java.util.List;
import java.util.Map;

/**
 * What a look at every file of a data set found.
 *
 * @param definition the data set
 * @param splits one entry per checked split
 */
public record CatalogCheck(DataSetDefinition definition, List<Split> splits) {

  /**
   * What was found in one split.
   *
   * @param name the split
   * @param videos number of videos
   * @param frames number of frames
   * @param annotatedFrames frames with readable ground truth
   * @param pixels [K] label pixels of each class
   * @param ignoredPixels label pixels without class
   * @param segments [K] panoptic segments of each class
   * @param objects [K] objects of each class for instance segmentation
   * @param others files beside the frames that are no pictures; no problem
   * @param problems by kind, kinds without a problem left out
   * @param warnings by kind, in the same way; no problem
   * @param notes what a person should know of the recordings; no problem
   */
  public record Split(
      String name,
      int videos,
      long frames,
      long annotatedFrames,
      long[] pixels,
      long ignoredPixels,
      long[] segments,
      long[] objects,
      Tally.Found others,
      Map<FileProblem.Kind, Tally.Found> problems,
      Map<TruthWarning, Tally.Found> warnings,
      List<String> notes) {}

  /** Whether nothing is wrong. */
  public boolean clean() {
    return splits.stream().allMatch(split -> split.problems().isEmpty());
  }
}
