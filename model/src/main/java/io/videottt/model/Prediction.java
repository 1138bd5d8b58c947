package io.videottt.model;

import ai.djl.ndarray.NDArray;

/** What a main head says about a batch of images of size H x W. */
public sealed interface Prediction {

  /**
   * Mask2Former: a set of masks with a class each.
   *
   * @param classLogits [B, Q, K+1], the last column is "no object"
   * @param maskLogits [B, Q, H/4, W/4]
   */
  record Queries(NDArray classLogits, NDArray maskLogits) implements Prediction {}

  /**
   * Per-pixel classification.
   *
   * @param logits [B, K, H/4, W/4]
   */
  record Dense(NDArray logits) implements Prediction {}
}
