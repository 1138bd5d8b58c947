package io.videottt.catalog.file;

/** What does not fit together in ground truth, and is read as its reference tool reads it. */
public enum TruthWarning {
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

  TruthWarning(String what, String treatment) {
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
