package io.videottt.catalog.definition;

/** What a split says about the labels of its frames. */
public enum LabelPolicy {
  /** Every frame has labels; a missing file is an error when the frame is read. */
  REQUIRED,
  /** A frame without a label file is a frame without annotation. */
  OPTIONAL,
  /** Labels are not read, even where they exist. */
  NONE
}
