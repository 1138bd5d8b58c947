package io.videottt.catalog.image;

/** How a label image stores the class id of a pixel. */
public enum LabelEncoding {
  /** One channel: gray value or palette index. */
  SINGLE_CHANNEL,
  /** The red channel of a colour image (KITTI-STEP's panoptic maps). */
  RED_CHANNEL
}
