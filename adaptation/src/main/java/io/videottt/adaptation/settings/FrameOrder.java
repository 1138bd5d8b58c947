package io.videottt.adaptation.settings;

/** The order in which a stream's frames go by. */
public enum FrameOrder {
  /** As they were recorded. */
  TEMPORAL,
  /**
   * In a random permutation of the whole video (paper, Section 4: frames shuffled in time), so that
   * neighbours in the stream are no neighbours in time.
   */
  SHUFFLED
}
