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

  /** What does not fit together in ground truth, and is read as its reference tool reads it. */
  public enum Warning {
    /** Pixels of a published data set whose segment its JSON file does not list. */
    UNLISTED_PIXELS(
        "pixels of segments that are not listed",
        "no void and of no segment, as for panopticapi; without class for mIoU"),
    /** Segments that a published data set's JSON file lists and no pixel belongs to. */
    UNDRAWN_SEGMENTS("listed segments without pixels", "missed, as for panopticapi"),
    /** Pixels whose class in KITTI-STEP's gray image is not that of the panoptic map. */
    OTHER_CLASSES(
        "pixels of another class in *_sem.png than in the panoptic map",
        "*_sem.png counts for mIoU, as in the paper's released code");

    private final String what;
    private final String treatment;

    Warning(String what, String treatment) {
      this.what = what;
      this.treatment = treatment;
    }

    /** What is counted, in the plural. */
    public String what() {
      return what;
    }

    /** What becomes of it. */
    public String treatment() {
      return treatment;
    }
  }

  /**
   * The problems or warnings of one kind.
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
   * @param warnings by kind, in the same way; no problem
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
      Map<Kind, Problems> problems,
      Map<Warning, Problems> warnings) {}

  /** Whether nothing is wrong. */
  public boolean clean() {
    return splits.stream().allMatch(split -> split.problems().isEmpty());
  }
}
