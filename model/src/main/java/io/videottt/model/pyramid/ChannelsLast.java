package io.videottt.model.pyramid;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.videottt.model.Parameters;
import io.videottt.model.tensor.TensorFunctions;

/**
 * Layers over [B, H, W, C] tensors. Stored this way, a convolution's input and output are what the
 * engine calls channels-last, LayerNorm and linear layers need no copy, and changing between [B, H,
 * W, C] and [B, C, H, W] is a change of view.
 */
final class ChannelsLast {

  private static final double EPSILON = 1e-5;

  private final Parameters parameters;

  ChannelsLast(Parameters parameters) {
    this.parameters = parameters;
  }

  /** The view [B, H, W, C] of a [B, C, H, W] tensor. */
  static NDArray fromChannelsFirst(NDArray x) {
    return x.transpose(0, 2, 3, 1);
  }

  /** The view [B, C, H, W] of a [B, H, W, C] tensor. */
  static NDArray toChannelsFirst(NDArray x) {
    return x.transpose(0, 3, 1, 2);
  }

  /** A 3x3 convolution with a bias, padded by one pixel: [B, ceil(H / stride), ..., C']. */
  NDArray convolution(NDArray x, String name, int stride) {
    return fromChannelsFirst(
        TensorFunctions.convolution(toChannelsFirst(x), weight(name), bias(name), stride, 1));
  }

  /** Swin's embedding of whole patches; images are padded with zeros to whole patches. */
  NDArray patches(NDArray x, String name, int patch) {
    Shape shape = x.getShape();
    NDArray padded =
        padded(padded(x, 1, shape.get(1) % patch, patch), 2, shape.get(2) % patch, patch);
    return fromChannelsFirst(
        TensorFunctions.convolution(toChannelsFirst(padded), weight(name), bias(name), patch, 0));
  }

  /** A linear layer over the channels, the same as a 1x1 convolution. */
  NDArray linear(NDArray x, String name) {
    return TensorFunctions.linear(x, weight(name), bias(name));
  }

  /** LayerNorm over the channels. */
  NDArray layerNorm(NDArray x, String name) {
    return TensorFunctions.layerNorm(x, weight(name), bias(name), EPSILON);
  }

  /** GroupNorm over groups of channels and all pixels of an image. */
  NDArray groupNorm(NDArray x, String name, int groups) {
    return fromChannelsFirst(
        TensorFunctions.groupNorm(toChannelsFirst(x), groups, weight(name), bias(name)));
  }

  /** Gaussian error linear unit. */
  static NDArray gelu(NDArray x) {
    return x.getNDArrayInternal().gelu();
  }

  /** Doubles the resolution bilinearly, then cuts to the size of a finer level. */
  static NDArray enlarge(NDArray x, NDArray finer) {
    Shape shape = x.getShape();
    Shape target = finer.getShape();
    NDArray doubled =
        fromChannelsFirst(
            TensorFunctions.resizeBilinear(toChannelsFirst(x), 2 * shape.get(1), 2 * shape.get(2)));
    return cut(doubled, target.get(1), target.get(2));
  }

  /** The first rows and columns. */
  static NDArray cut(NDArray x, long height, long width) {
    Shape shape = x.getShape();
    NDArray result = x;
    if (shape.get(1) != height) {
      result = JniUtils.slice((PtNDArray) result, 1, 0, height, 1);
    }
    if (shape.get(2) != width) {
      result = JniUtils.slice((PtNDArray) result, 2, 0, width, 1);
    }
    return result;
  }

  private static NDArray padded(NDArray x, int dimension, long excess, int multiple) {
    if (excess == 0) {
      return x;
    }
    long[] missing = x.getShape().getShape().clone();
    missing[dimension] = multiple - excess;
    return x.concat(x.getManager().zeros(new Shape(missing)), dimension);
  }

  private NDArray weight(String name) {
    return parameters.get(name + ".weight");
  }

  private NDArray bias(String name) {
    return parameters.get(name + ".bias");
  }
}
