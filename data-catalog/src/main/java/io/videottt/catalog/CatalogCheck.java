package io.videottt.catalog;

import java.util.List;
import java.util.Map;

/**
 * What a look at every file of a data set found.
 *
 * @param definition the data set
 * @param splits one entry per checked split
 */
public record CatalogCheck(DataSetDefinition definition, List<Split> splits) {

  /** What may be wrong with a file. */
  public enum Kind {
    /** A folder, list or file is not there. */
    MISSING,
    /** A file cannot be read or decoded, is cut off or too large. */
    UNREADABLE,
    /** An image and its labels differ in size. */
    WRONG_SIZE,
    /** A label file or annotation holds an id that is neither a class nor ignored. */
    UNKNOWN_LABEL,
    /** A panoptic image and its list of segments disagree. */
    SEGMENT_MISMATCH,
    /** The mask or the area of an object is damaged. */
    BAD_MASK,
    /** Labels or an annotation belong to an image that is not there. */
    UNKNOWN_IMAGE,
    /** A picture lies beside the frames under a name that is none of theirs. */
    NOT_READ,
    /** A split or a video of it has another number of frames than its authors publish. */
    NOT_AS_PUBLISHED
  }

  /**
   * The problems of one kind.
   *
   * @param count how many there are
   * @param examples messages of the first few
   */
  public record Problems(long count, List<String> examples) {}

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
      Problems others,
      Map<Kind, Problems> problems) {}

  /** Whether nothing is wrong. */
  public boolean clean() {
    return splits.stream().allMatch(split -> split.problems().isEmpty());
  }
}
