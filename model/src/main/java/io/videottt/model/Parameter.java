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
    String name, Part part, boolean decayed, boolean normAffine, NDArray value) {}
