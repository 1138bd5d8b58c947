package io.videottt.model.checkpoint;

import ai.djl.ndarray.types.Shape;

/**
 * A tensor of a checkpoint, or one of its equal parts along the first dimension.
 *
 * @param tensor the whole
 * @param part which one, from 0
 * @param parts how many; 1 for the tensor itself
 */
record NamedPart(StoredTensor tensor, int part, int parts) {

  /** The name in the checkpoint. */
  String name() {
    return tensor.name();
  }

  /** The shape of the part. */
  Shape shape() {
    long[] sizes = tensor.shape().getShape().clone();
    if (parts > 1) {
      sizes[0] /= parts;
    }
    return new Shape(sizes);
  }

  /** Its values in row-major order. */
  float[] values() {
    return tensor.values(part, parts);
  }
}
