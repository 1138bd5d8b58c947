package io.videottt.model;

import ai.djl.ndarray.types.Shape;

/**
 * What an architecture needs a parameter to be.
 *
 * @param name in the checkpoint
 * @param part of the network
 * @param normAffine whether it is the weight or bias of a normalisation layer
 * @param shape sizes
 */
public record ParameterDefinition(String name, Part part, boolean normAffine, Shape shape) {

  /**
   * Whether weight decay applies: not for norms and biases (all one-dimensional), relative-position
   * tables, level and query embeddings.
   */
  public boolean decayed() {
    return shape.dimension() > 1
        && !name.contains("relative_position_bias_table")
        && !name.contains("level_embed")
        && !name.contains("queries_");
  }
}
