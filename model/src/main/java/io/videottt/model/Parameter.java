package io.videottt.model;

import ai.djl.ndarray.NDArray;

/**
 * A named, trainable tensor, owned by its {@link Parameters}.
 *
 * @param name name in the checkpoint
 * @param part the part of the network that it belongs to
 * @param decayed whether weight decay applies: not for norms, biases, tables and embeddings
 * @param normAffine whether it is the weight or bias of a normalisation layer
 * @param value the tensor; written in place, never replaced
 */
public record Parameter(
    String name, Part part, boolean decayed, boolean normAffine, NDArray value) {

  /**
   * Whether weight decay applies in the authors' released code (method.md, Section 9.10): to all
   * but norms, relative-position tables, and what is an embedding there, the queries and the
   * transformer decoder's level embedding.
   */
  public boolean decayedWithBiases() {
    return !normAffine
        && !name.contains("relative_position_bias_table")
        && !name.contains("queries_")
        && !name.endsWith("level_embed.weight");
  }
}
