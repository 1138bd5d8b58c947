package io.videottt.model;

/** The three parts of the Y-shaped network (paper, Section 3.1). */
public enum Part {
  /** f: the encoder. */
  ENCODER,
  /** h: the main task's head. */
  MAIN_HEAD,
  /** g: the reconstruction decoder. */
  RECONSTRUCTION
}
