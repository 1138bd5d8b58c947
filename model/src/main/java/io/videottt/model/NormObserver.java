package io.videottt.model;

import ai.djl.ndarray.NDArray;

/** Sees what reaches the LayerNorms of an encoder while it encodes. */
@FunctionalInterface
public interface NormObserver {

  /** Sees nothing. */
  NormObserver NONE = (layer, input, epsilon) -> {};

  /**
   * @param layer the layer's name: its parameters are this and .weight, .bias
   * @param input [..., C], freed after the call
   * @param epsilon of the layer
   */
  void observe(String layer, NDArray input, double epsilon);
}
