package io.videottt.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import java.util.List;

/** What a main head says about a batch of images of size H x W. */
public sealed interface Prediction {

  /**
   * What is said about one image of the batch, as a batch of one.
   *
   * @param index of the image, from 0
   */
  Prediction image(int index);

  /** All that is said, in the order of the components. */
  List<NDArray> tensors();

  /**
   * Mask2Former: a set of masks with a class each.
   *
   * @param classLogits [B, Q, K+1], the last column is "no object"
   * @param maskLogits [B, Q, H/4, W/4]
   */
  record Queries(NDArray classLogits, NDArray maskLogits) implements Prediction {

    @Override
    public Queries image(int index) {
      return new Queries(only(classLogits, index), only(maskLogits, index));
    }

    @Override
    public List<NDArray> tensors() {
      return List.of(classLogits, maskLogits);
    }
  }

  /**
   * Per-pixel classification.
   *
   * @param logits [B, K, H/4, W/4]
   */
  record Dense(NDArray logits) implements Prediction {

    @Override
    public Dense image(int index) {
      return new Dense(only(logits, index));
    }

    @Override
    public List<NDArray> tensors() {
      return List.of(logits);
    }
  }

  /**
   * Colours of gray images.
   *
   * @param patches [B, {@value ChromaLoss#OUTPUTS}, H/4, W/4], the chroma of the pixels of 4x4
   *     patches in the channel order (Cb or Cr, row, column), in units of the network
   */
  record Chroma(NDArray patches) implements Prediction {

    @Override
    public Chroma image(int index) {
      return new Chroma(only(patches, index));
    }

    @Override
    public List<NDArray> tensors() {
      return List.of(patches);
    }
  }

  private static NDArray only(NDArray batch, int index) {
    return batch.get(new NDIndex("{}:{}", index, index + 1));
  }
}
